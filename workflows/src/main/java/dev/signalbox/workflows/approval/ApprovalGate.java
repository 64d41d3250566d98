package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.github.Contributor;
import dev.signalbox.workflows.github.ReleaseFacts;
import dev.signalbox.workflows.migration.PendingRevision;
import dev.signalbox.workflows.policy.Approvals;
import dev.signalbox.workflows.policy.Approvals.Quorum;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ReleaseSet;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Waits for named people to say yes to exactly what ships; for weeks, at the cost of one timer. A
 * yes is kept for its digest: whatever changes in that asks again.
 */
public final class ApprovalGate {
  private static final Duration FIRST_RELEASE_EXPIRES = Duration.ofDays(7);

  private final Asks asks;
  private String approvedDigest;
  private Ask opened;
  private Patience patience;

  public ApprovalGate(Asks asks) {
    this.asks = asks;
  }

  /** How it ended, with the sentence for people. */
  public record Verdict(Outcome outcome, String sentence, List<Tick> ticks) {
    private Verdict(Outcome outcome, String sentence) {
      this(outcome, sentence, List.of());
    }
  }

  /** Who ticked a point of the checklist, and when. */
  public record Tick(String person, Instant at) {}

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

  /** What was asked about last has changed: what was said to that counts no more. */
  public void voided(String change) {
    approvedDigest = null;
    if (opened != null) {
      asks.voided(opened, change);
    }
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

  /** Who may say yes to a release, for people, as its ask would have it. */
  public static String whose(Pipeline pipeline, ReleaseSet release, ReleaseFacts facts) {
    List<Need> needs = Need.of(pipeline, revisions(release));
    Approvals rule = pipeline.environment().approvals();
    return new Ask(
            null,
            Ask.Kind.APPROVAL,
            null,
            null,
            null,
            null,
            from(needs),
            required(rule, needs),
            null,
            null,
            null,
            needs,
            Involved.of(pipeline, facts.contributors()),
            null,
            null,
            null)
        .whose();
  }

  private static List<PendingRevision> revisions(ReleaseSet release) {
    return release.schema() == null ? List.of() : release.schema().all();
  }

  private static List<String> from(List<Need> needs) {
    return needs.stream().flatMap(need -> need.from().stream()).distinct().toList();
  }

  private static int required(Approvals rule, List<Need> needs) {
    return rule == null ? 1 : needs.stream().mapToInt(Need::required).sum();
  }

  /** Opens the ask; answers count from now on. */
  public Ask open(Pipeline pipeline, ReleaseSet release, ReleaseFacts facts) {
    return open(
        pipeline,
        release.digest(),
        question(pipeline, release) + unread(facts),
        revisions(release),
        facts.contributors());
  }

  private static String unread(ReleaseFacts facts) {
    return facts.pushersUnread() == null
        ? ""
        : " Who pushed it is not known: " + facts.pushersUnread() + ".";
  }

  /**
   * Opens an ask about something else than a whole release.
   *
   * @param digest of what is covered, 64 hex
   * @param revisions of the schema that are part of it
   * @param contributors who has a part in it
   */
  public Ask open(
      Pipeline pipeline,
      String digest,
      String question,
      List<PendingRevision> revisions,
      List<Contributor> contributors) {
    Approvals rule = pipeline.environment().approvals();
    List<String> checklist = rule == null ? List.of() : rule.checklist();
    String id = asks.nextApproval();
    List<Need> needs = Need.of(pipeline, revisions);
    Instant now = now();
    Ask ask =
        new Ask(
            id,
            Ask.Kind.APPROVAL,
            "approval",
            question,
            null,
            List.of(Asks.APPROVE, Asks.REJECT),
            from(needs),
            required(rule, needs),
            digest,
            now,
            now.plus(rule == null ? FIRST_RELEASE_EXPIRES : rule.expires()),
            needs,
            Involved.of(pipeline, contributors),
            (rule != null && rule.wantsReason()) ? Boolean.TRUE : null,
            IntStream.rangeClosed(1, checklist.size()).mapToObj(at -> point(id, at)).toList(),
            null);
    patience = new Patience(rule, pipeline.people(), now);
    opened = asks.open(ask);
    for (int at = 0; at < checklist.size(); at++) {
      asks.open(point(ask, ask.points().get(at), checklist.get(at), pipeline));
    }
    return opened;
  }

  private static String point(String approval, int number) {
    return approval + "-point-" + number;
  }

  /** Whoever the policy knows may tick: that it is so is no judgement of one's own work. */
  private static Ask point(Ask ask, String id, String text, Pipeline pipeline) {
    return new Ask(
        id,
        Ask.Kind.POINT,
        ask.step(),
        text,
        null,
        List.of(Asks.TICK),
        pipeline.people().stream()
            .filter(person -> !person.bot())
            .map(Person::name)
            .distinct()
            .toList(),
        1,
        ask.digest(),
        ask.askedAt(),
        ask.expires());
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

  /** Waits for the decision, and reminds nobody; expiry is a no. */
  public Verdict await(Ask ask, BooleanSupplier giveUp) {
    return await(ask, giveUp, Nudges.NONE);
  }

  /** Waits for the decision; expiry is a no. Costs one timer, and one for each nudge. */
  public Verdict await(Ask asked, BooleanSupplier giveUp, Nudges nudges) {
    Ask ask = asked;
    try {
      while (!over(ask, giveUp) && now().isBefore(ask.expires())) {
        Ask open = ask;
        Workflow.await(
            Patience.until(patience.next(ask.expires()), now()), () -> over(open, giveUp));
        ask = over(open, giveUp) ? open : nudged(open, nudges);
      }
    } finally {
      // A cancel leaves here too: who looks at the ended run must not be asked for an answer.
      asks.close(ask.id());
      ask.points().forEach(asks::close);
    }
    if (asks.decided(ask)) {
      Optional<Decision> no = asks.rejection(ask.id());
      return no.isPresent() ? new Verdict(Outcome.REJECTED, rejected(no.get())) : approved(ask);
    }
    return giveUp.getAsBoolean()
        ? new Verdict(Outcome.GIVEN_UP, "no longer wanted")
        : new Verdict(Outcome.EXPIRED, expired(ask));
  }

  private boolean over(Ask ask, BooleanSupplier giveUp) {
    return asks.decided(ask) || giveUp.getAsBoolean();
  }

  private Ask nudged(Ask ask, Nudges nudges) {
    if (!now().isBefore(ask.expires())) {
      return ask;
    }
    Ask wider = patience.escalated(ask, now());
    if (!wider.equals(ask)) {
      wider = asks.open(wider);
      List<String> others = new ArrayList<>(wider.asked());
      others.removeAll(ask.asked());
      nudges.escalate(wider, others);
    }
    if (patience.reminds(now())) {
      nudges.remind(wider, asks.missing(wider), patience.reminded());
    }
    return wider;
  }

  private String expired(Ask ask) {
    List<String> given = asks.approvers(ask.id());
    return (given.isEmpty()
            ? "nobody answered until " + Moments.text(ask.expires())
            : "only " + String.join(", ", given) + " said yes until " + Moments.text(ask.expires()))
        + ": expired is rejected";
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private static String rejected(Decision no) {
    return "rejected by " + no.person() + (no.reason() == null ? "" : ": " + no.reason());
  }

  private Verdict approved(Ask ask) {
    approvedDigest = ask.digest();
    return new Verdict(
        Outcome.APPROVED, "by " + String.join(", ", asks.approvers(ask.id())), ticks(ask));
  }

  private List<Tick> ticks(Ask ask) {
    return ask.points().stream()
        .map(point -> asks.answer(point).orElseThrow())
        .map(tick -> new Tick(tick.person(), tick.at()))
        .toList();
  }
}
