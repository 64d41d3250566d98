package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.migration.PendingRevision;
import dev.signalbox.workflows.policy.Approvals;
import dev.signalbox.workflows.policy.Approvals.Quorum;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ReleaseSet;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Waits for named people to say yes to exactly what ships; for weeks, at the cost of one timer. A
 * yes is kept for its digest: whatever changes in that asks again.
 */
public final class ApprovalGate {
  private static final Duration FIRST_RELEASE_EXPIRES = Duration.ofDays(7);

  private final Asks asks;
  private String approvedDigest;
  private int asked;

  public ApprovalGate(Asks asks) {
    this.asks = asks;
  }

  /** How it ended, with the sentence for people. */
  public record Verdict(Outcome outcome, String sentence) {}

  /** The ways in which a wait for approval ends. */
  public enum Outcome {
    APPROVED,
    REJECTED,
    EXPIRED,
    GIVEN_UP
  }

  /**
   * Whether anybody must be asked: by rule, because there is no set to go back to, or because the
   * former code may not bear what becomes of the schema.
   */
  public static boolean wanted(Pipeline pipeline, ReleaseSet release) {
    return pipeline.environment().approvals() != null
        || release.first()
        || !release.schemaToBeApproved().isEmpty();
  }

  public boolean givenFor(ReleaseSet release) {
    return release.digest().equals(approvedDigest);
  }

  /** What was approved has changed: it counts no more. */
  public void voided() {
    approvedDigest = null;
  }

  /** Names of the people whose yes counts; empty = anybody. */
  public static List<String> approvers(Pipeline pipeline) {
    Approvals rule = pipeline.environment().approvals();
    return rule == null ? List.of() : people(rule.quorums(), pipeline);
  }

  private static List<String> people(List<Quorum> quorums, Pipeline pipeline) {
    return quorums.stream()
        .flatMap(quorum -> Need.of(quorum, pipeline.people()).from().stream())
        .distinct()
        .toList();
  }

  /** Opens the ask; answers count from now on. */
  public Ask open(Pipeline pipeline, ReleaseSet release) {
    return open(
        pipeline,
        release.digest(),
        question(pipeline, release),
        release.schema() == null ? List.of() : release.schema().all());
  }

  /**
   * Opens an ask about something else than a whole release.
   *
   * @param digest of what is covered, 64 hex
   * @param revisions of the schema that are part of it
   */
  public Ask open(
      Pipeline pipeline, String digest, String question, List<PendingRevision> revisions) {
    Approvals rule = pipeline.environment().approvals();
    List<Need> needs = Need.of(pipeline, revisions);
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    Ask ask =
        new Ask(
            "approval-" + ++asked,
            Ask.Kind.APPROVAL,
            "approval",
            question,
            null,
            List.of(Asks.APPROVE, Asks.REJECT),
            needs.stream().flatMap(need -> need.from().stream()).distinct().toList(),
            rule == null ? 1 : needs.stream().mapToInt(Need::required).sum(),
            digest,
            now,
            now.plus(rule == null ? FIRST_RELEASE_EXPIRES : rule.expires()),
            needs);
    asks.open(ask);
    return ask;
  }

  private static String question(Pipeline pipeline, ReleaseSet release) {
    String first =
        release.first() ? " First release: there is no last good set to go back to." : "";
    List<String> schema = release.schemaToBeApproved();
    return "May "
        + release.shortRevision()
        + " ("
        + release.alias()
        + ") go to "
        + pipeline.environment().name()
        + "?"
        + first
        + (schema.isEmpty() ? "" : " The schema changes: " + String.join("; ", schema) + ".");
  }

  /** Waits for the decision; expiry is a no. */
  public Verdict await(Ask ask, BooleanSupplier giveUp) {
    Duration left =
        Duration.between(Instant.ofEpochMilli(Workflow.currentTimeMillis()), ask.expires());
    boolean ended;
    try {
      ended = Workflow.await(left, () -> asks.decided(ask) || giveUp.getAsBoolean());
    } finally {
      // A cancel leaves here too: who looks at the ended run must not be asked for an answer.
      asks.close(ask.id());
    }
    if (!ended) {
      return new Verdict(
          Outcome.EXPIRED,
          "nobody answered until " + Moments.text(ask.expires()) + ": expired is rejected");
    }
    if (!asks.decided(ask)) {
      return new Verdict(Outcome.GIVEN_UP, "no longer wanted");
    }
    return asks.rejection(ask.id())
        .map(no -> new Verdict(Outcome.REJECTED, rejected(no)))
        .orElseGet(() -> approved(ask));
  }

  private static String rejected(Decision no) {
    return "rejected by " + no.person() + (no.reason() == null ? "" : ": " + no.reason());
  }

  private Verdict approved(Ask ask) {
    approvedDigest = ask.digest();
    return new Verdict(Outcome.APPROVED, "by " + String.join(", ", asks.approvers(ask.id())));
  }
}
