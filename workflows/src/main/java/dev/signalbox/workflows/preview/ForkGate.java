package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.approval.Proofs;
import dev.signalbox.workflows.approval.Reason;
import dev.signalbox.workflows.environment.DecisionLine;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ShortCommit;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lets nothing of a fork in but the commit that a member consented to. A consent is to one commit:
 * to the one that it names, or to the one for which it was asked before it was said.
 */
final class ForkGate {
  private final PreviewOrders orders;
  private ForkConsent consent;
  private DecisionLine decisions;

  ForkGate(PreviewOrders orders, ForkConsent consent) {
    this.orders = orders;
    this.consent = consent;
  }

  /** What it may have of a fork; null = nothing was ever asked of it. */
  ForkConsent consent() {
    return consent.equals(ForkConsent.NONE) ? null : consent;
  }

  /** Nothing more of a fork gets there. */
  void close() {
    consent = ForkConsent.NONE;
  }

  /** Whether nobody consented to the newest commit of this one. */
  boolean closed(PreviewSettings settings, PullState pull) {
    return PreviewRules.fork(settings, pull) && !consent.covers(pull.head());
  }

  /** The commit that may be brought there; null = none. */
  String commit(PreviewSettings settings, PullState pull) {
    return PreviewRules.fork(settings, pull) ? consent.commit() : pull.head();
  }

  /** Judges what people said; who did not consent, or means another commit, is answered. */
  void judge(PreviewSettings settings, PullState pull) {
    orders.toMake().forEach(order -> judge(settings, pull, order));
  }

  /** The same of one who asks while something else is brought there. */
  void judge(PreviewSettings settings, PullState pull, PreviewOrder order) {
    Optional<String> another = another(pull, order);
    if (another.isPresent()) {
      orders.refuse(order, pull.head(), another.get());
    } else if (closed(settings, pull)) {
      admit(settings, pull, order);
    }
  }

  private void admit(PreviewSettings settings, PullState pull, PreviewOrder order) {
    boolean proved =
        Proofs.hold(settings.base().project().name(), order.words(orders.id()), order.proof());
    Optional<String> no =
        untrusted(settings, order, proved)
            .or(() -> stranger(settings, order))
            .or(() -> unseen(pull, order));
    record(settings, pull, order, proved, no.orElse(null));
    if (no.isPresent()) {
      orders.refuse(order, pull.head(), "no consent to code of a fork: " + no.get());
    } else {
      String person = Person.nameOf(order.requester(), settings.base().people());
      consent = consent.given(pull.head(), person, order.door(), proved, now());
    }
  }

  /**
   * Asks for a consent, once for each commit; what is there stays at the one before.
   *
   * @return what is waited for
   */
  String ask(PreviewSettings settings, PullState pull, PreviewState state, PreviewDesk desk) {
    String wanted = wanted(settings, pull);
    orders.answerWanted(Outcome.REFUSED, pull.head(), wanted);
    if (!consent.asks(pull.head())
        && desk.consent(
            settings, pull, state.environmentId() == null ? ForkConsent.NONE : consent)) {
      consent = consent.asking(pull.head(), now());
    }
    return wanted;
  }

  private static Optional<String> another(PullState pull, PreviewOrder order) {
    return order.commit() == null || order.commit().equals(pull.head())
        ? Optional.empty()
        : Optional.of(
            "the newest commit of #"
                + pull.number()
                + " is "
                + pull.head()
                + ", and you mean "
                + ShortCommit.of(order.commit())
                + ": look at it, and say it again");
  }

  private static Optional<String> untrusted(
      PreviewSettings settings, PreviewOrder order, boolean proved) {
    return proved || settings.base().environment().trust().contains(String.valueOf(order.door()))
        ? Optional.empty()
        : Optional.of(Proofs.wanted(order.door(), order.proof()));
  }

  private static Optional<String> stranger(PreviewSettings settings, PreviewOrder order) {
    return consenters(settings).stream().anyMatch(one -> one.answersTo(order.requester()))
        ? Optional.empty()
        : Optional.of("'" + order.requester() + "' may not give it; may: " + names(settings));
  }

  /** What was said before people could read which commit it is was said of another one. */
  private Optional<String> unseen(PullState pull, PreviewOrder order) {
    boolean asked = consent.asks(pull.head());
    if (order.commit() != null
        || (asked && (order.said() == null || !order.said().isBefore(consent.since())))) {
      return Optional.empty();
    }
    return Optional.of(
        (order.said() == null ? "" : "you said it at " + Moments.text(order.said()) + ", and ")
            + (asked
                ? "it is asked since " + Moments.text(consent.since()) + " for "
                : "nobody was asked before for ")
            + pull.head()
            + ", the newest commit: look at it, and say it again with --commit and its 40 digits");
  }

  /** It stands in the history of the base, counted or not. */
  private void record(
      PreviewSettings settings, PullState pull, PreviewOrder order, boolean proved, String remark) {
    if (decisions == null) {
      decisions = new DecisionLine(settings.base().project().name(), settings.previews().base());
    }
    decisions.tell(
        new Decision(
            order.id(),
            ForkConsent.ASK,
            pull.head(),
            ForkConsent.ASK,
            order.requester(),
            order.door(),
            Reason.clip(
                "commit "
                    + pull.head()
                    + " of "
                    + whose(pull)
                    + (order.reason() == null ? "" : ": " + order.reason())),
            now(),
            proved,
            remark == null,
            remark,
            List.of()));
  }

  /** Whether everything is on record: before that the run must not end. */
  boolean quiet() {
    return decisions == null || decisions.quiet();
  }

  /** What is waited for, in one sentence. */
  private static String wanted(PreviewSettings settings, PullState pull) {
    return "its commits are in "
        + whose(pull)
        + ", and "
        + ShortCommit.of(pull.head())
        + " gets there only with the consent of "
        + names(settings);
  }

  /** Where its commits are, in words. */
  static String whose(PullState pull) {
    return pull.headRepository() == null
        ? "a fork that is gone"
        : "the fork " + pull.headRepository();
  }

  /** Who may consent, in words. */
  static String names(PreviewSettings settings) {
    String names =
        consenters(settings).stream()
            .map(Person::name)
            .distinct()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "nobody, because [people] names nobody who could" : names;
  }

  private static List<Person> consenters(PreviewSettings settings) {
    return settings.previews().choice().consenters(settings.base().people());
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
