package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.Cancels;
import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.environment.Orders.Handover;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import dev.signalbox.workflows.release.Digest;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ShortCommit;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * One request, finished run, decision or order: under 400 bytes, chained by the hash of the one
 * before.
 *
 * @param id of the run; of an order the environment's ledger
 * @param revision null = it is about none, or about that of the promotion {@code id}
 * @param result null = it is no run
 * @param requester who asked, decided or ordered
 * @param kind null = a run ended
 * @param schema what it did to the database; null = nothing
 * @param previous hash of the entry before; null for the first
 * @param door by which it was decided or ordered; null = it was not, or is not known
 * @param proved whether the door proved who it was
 * @param digest of what was decided, 12 hex; null = of nothing that has one
 * @param whole the first 16 hex of the SHA-256 of all that {@code detail} is cut from; null = it is
 *     not cut
 */
public record HistoryEntry(
    String id,
    @JsonInclude(JsonInclude.Include.NON_NULL) String revision,
    @JsonInclude(JsonInclude.Include.NON_NULL) Result result,
    String requester,
    String detail,
    Instant at,
    String previous,
    String hash,
    @JsonInclude(JsonInclude.Include.NON_NULL) SchemaNote schema,
    @JsonInclude(JsonInclude.Include.NON_NULL) Kind kind,
    @JsonInclude(JsonInclude.Include.NON_NULL) String door,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean proved,
    @JsonInclude(JsonInclude.Include.NON_NULL) String digest,
    @JsonInclude(JsonInclude.Include.NON_NULL) String whole) {
  static final int HASH_LENGTH = 16;
  private static final int LONGEST_DOOR = 20;

  /** One of a run that left the database alone. */
  public HistoryEntry(
      String id,
      String revision,
      Result result,
      String requester,
      String detail,
      Instant at,
      String previous,
      String hash) {
    this(id, revision, result, requester, detail, at, previous, hash, null);
  }

  /** One that is told, and that nobody decided. */
  HistoryEntry(
      String id,
      String revision,
      Result result,
      String requester,
      String detail,
      Instant at,
      String previous,
      String hash,
      SchemaNote schema) {
    this(
        id, revision, result, requester, detail, at, previous, hash, schema, null, null, false,
        null, null);
  }

  /** What somebody asked for, decided or ordered. */
  public enum Kind {
    /** The ledger took it: a run was started, or one that is under way does it. */
    @JsonProperty("asked")
    ASKED,
    @JsonProperty("approved")
    APPROVED,
    @JsonProperty("rejected")
    REJECTED,
    @JsonProperty("answered")
    ANSWERED,
    /** Somebody asked a run to end, which then ends as it can. */
    @JsonProperty("cancelled")
    CANCELLED,
    /** It did not count. */
    @JsonProperty("refused")
    REFUSED,
    @JsonProperty("overrode")
    OVERRODE,
    @JsonProperty("froze")
    FROZE,
    @JsonProperty("unfroze")
    UNFROZE,
    @JsonProperty("locked")
    LOCKED,
    /** Somebody else has the lock, they are in the queue for it. */
    @JsonProperty("queued")
    QUEUED,
    @JsonProperty("unlocked")
    UNLOCKED,
    @JsonProperty("held")
    HELD,
    @JsonProperty("unheld")
    UNHELD,
    @JsonProperty("quarantined")
    QUARANTINED,
    @JsonProperty("unquarantined")
    UNQUARANTINED,
    /** An outage is over; nobody decided that. */
    @JsonProperty("outage")
    OUTAGE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(Decision decision) {
      if (!decision.counted()) {
        return REFUSED;
      }
      return switch (decision.verdict()) {
        case Asks.APPROVE -> APPROVED;
        case Asks.REJECT -> REJECTED;
        case Cancels.CANCEL -> CANCELLED;
        default -> ANSWERED;
      };
    }

    static Kind of(LedgerOrder order, OrderAnswer answer) {
      if (!answer.counted()) {
        return REFUSED;
      }
      return answer.queued() ? QUEUED : of(order.kind());
    }

    private static Kind of(LedgerOrder.Kind order) {
      return switch (order) {
        case FREEZE -> FROZE;
        case UNFREEZE -> UNFROZE;
        case LOCK -> LOCKED;
        case UNLOCK -> UNLOCKED;
        case HOLD -> HELD;
        case UNHOLD -> UNHELD;
        case QUARANTINE -> QUARANTINED;
        case UNQUARANTINE -> UNQUARANTINED;
        case OVERRIDE -> OVERRODE;
      };
    }
  }

  /** Of a run that has ended; not chained yet. */
  static HistoryEntry of(RunReport report) {
    return new HistoryEntry(
        report.workflowId(),
        report.revision(),
        report.result(),
        report.requester(),
        report.detail(),
        report.at(),
        null,
        null,
        SchemaNote.of(report.schema()));
  }

  /** Of a decision in a run; not chained yet. */
  static HistoryEntry of(RunDecision told) {
    Decision decision = told.decision();
    String said = Objects.requireNonNullElse(decision.reason(), "");
    Kind kind = Kind.of(decision);
    String words =
        switch (kind) {
          case ANSWERED -> decision.verdict() + point(decision) + ": " + said;
          case REFUSED -> decision.verdict() + ": " + decision.remark() + "; " + said;
          default -> said;
        };
    return decided(
        told.workflowId(),
        null,
        decision.person(),
        decision.inPlaceOf().isEmpty()
            ? words
            : "in place of " + String.join(", ", decision.inPlaceOf()) + ": " + words,
        decision.at(),
        kind,
        decision.door(),
        decision.verified(),
        decision.digest());
  }

  private static String point(Decision decision) {
    return decision.point() == null ? "" : " \"" + decision.point() + "\"";
  }

  private static HistoryEntry decided(
      String id,
      String revision,
      String person,
      String words,
      Instant at,
      Kind kind,
      String door,
      boolean proved,
      String digest) {
    return new HistoryEntry(
        id,
        revision,
        null,
        person,
        words,
        at,
        null,
        null,
        null,
        kind,
        Excerpt.of(door, LONGEST_DOOR),
        proved,
        digest == null ? null : Digest.brief(digest),
        null);
  }

  /**
   * Of a request that the ledger took; not chained yet.
   *
   * @param proved whether its door proved who asks
   */
  static HistoryEntry asked(
      LedgerRequest request, boolean proved, RequestAnswer answer, Instant at) {
    return decided(
        answer.id(),
        PromotionWorkflow.isId(answer.id()) ? null : answer.revision(),
        request.requester(),
        what(request)
            + (request.service() == null ? "" : " of " + request.service())
            + (answer.outcome() == Outcome.JOINED ? ", " + answer.message() : "")
            + (request.reason() == null ? "" : ": " + request.reason()),
        at,
        Kind.ASKED,
        request.automatic() || request.door() != null ? request.door() : "cli",
        proved,
        null);
  }

  private static String what(LedgerRequest request) {
    return (request.emergency() ? "emergency " : "") + request.kind().word();
  }

  /** Of a request that the ledger refused; not chained yet. */
  static HistoryEntry of(LedgerRequest request, RequestAnswer answer, Instant at) {
    String reason = request.reason() == null ? "" : "; " + request.reason();
    return decided(
        answer.id(),
        answer.id() == null ? answer.revision() : null,
        request.requester(),
        what(request) + ": " + answer.message() + reason,
        at,
        Kind.REFUSED,
        // What a proof is worth was not looked at for every request.
        request.proof() == null ? request.door() : null,
        false,
        null);
  }

  /** Of an order that was taken or refused; not chained yet. */
  static HistoryEntry of(
      LedgerOrder order, String person, boolean proved, OrderAnswer answer, Instant at) {
    return of(order, person, proved, answer, null, at);
  }

  /**
   * The same of one that lets a promotion pass.
   *
   * @param passed which freezes; null = none
   */
  static HistoryEntry of(
      LedgerOrder order,
      String person,
      boolean proved,
      OrderAnswer answer,
      String passed,
      Instant at) {
    return decided(
        order.promotion(),
        order.commit(),
        person,
        (answer.counted() ? "" : order.kind().word() + ": ")
            + (answer.counted() && !answer.queued() ? "" : answer.message() + "; ")
            + terms(order)
            + (passed == null ? "" : "passes what is frozen " + passed + ": ")
            + (order.mended() == null ? "" : "mended by " + ShortCommit.of(order.mended()) + ": ")
            + order.reason(),
        at,
        Kind.of(order, answer),
        order.door(),
        proved,
        null);
  }

  /** Of an outage that is over; not chained yet. */
  static HistoryEntry of(OutageReport report) {
    return decided(
        report.incident(),
        report.revision(),
        report.person(),
        report.words(),
        report.at(),
        Kind.OUTAGE,
        null,
        false,
        null);
  }

  /** Of a lock that has passed on; not chained yet. */
  static HistoryEntry of(Handover handover) {
    StandingOrder lock = handover.to();
    String words = "has it now, from " + handover.from() + ": " + lock.reason();
    return byItself(lock, words, lock.since(), Kind.LOCKED);
  }

  /** Of a lock that somebody has lost whom the file does not name any more; not chained yet. */
  static HistoryEntry passedOver(StandingOrder lock, Instant at) {
    return byItself(
        lock, "passed over, [people] of the file does not name them", at, Kind.UNLOCKED);
  }

  /** No order: it came by itself, by no door. */
  private static HistoryEntry byItself(StandingOrder lock, String words, Instant at, Kind kind) {
    return decided(null, null, lock.person(), words, at, kind, null, false, null);
  }

  /** How long it is to hold, where it ends by itself. */
  private static String terms(LedgerOrder order) {
    return (order.until() == null ? "" : "until " + Moments.text(order.until()) + ": ")
        + (order.untilMerged() ? "until a release of theirs is merged: " : "");
  }

  /** The same as a link of the chain. */
  HistoryEntry with(String shortRequester, String shortDetail, String before, String ownHash) {
    return new HistoryEntry(
        id,
        revision,
        result,
        shortRequester,
        shortDetail,
        at,
        before,
        ownHash,
        schema,
        kind,
        door,
        proved,
        digest,
        whole);
  }

  /** The same as one whose words are cut from these. */
  HistoryEntry cutFrom(String text) {
    return new HistoryEntry(
        id,
        revision,
        result,
        requester,
        detail,
        at,
        previous,
        hash,
        schema,
        kind,
        door,
        proved,
        digest,
        mark(text));
  }

  /** Of a text the {@link #whole}. */
  static String mark(String text) {
    return Digest.sha256(text).substring(0, HASH_LENGTH);
  }

  /** What its hash must be: 16 hex of the digest of all else in it. */
  String trueHash() {
    return Digest.of(with(requester, detail, previous, null)).substring(0, HASH_LENGTH);
  }

  /** Whether it tells how a run ended. */
  public boolean ofRun() {
    return kind == null;
  }
}
