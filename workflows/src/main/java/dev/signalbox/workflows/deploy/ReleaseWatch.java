package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.health.HealthActivities.Observed;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.health.SmokeActivities.SmokeEnd;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Watches a deployed release: verified, then left running for the soak time. Answers that say
 * neither yes nor no are put to a person; who accepts them accepts those answers and nothing else:
 * the soak goes on, and ends early for what is wrong.
 */
final class ReleaseWatch {
  private static final String VERIFY = "verify";
  private static final String SMOKE = "smoke";
  private static final String SOAK = "soak";
  private static final String RETRY = "retry";
  private static final String ACCEPT = "accept";
  private static final String ROLLBACK = "rollback";

  private final Timeline timeline;
  private final Questions questions;
  private final Observation observation;
  private final SmokeStep smoke;
  private final PlatformWord platform;
  private final Duration soak;
  private boolean unclearIsAccepted;

  ReleaseWatch(
      Timeline timeline,
      Questions questions,
      Observation observation,
      SmokeStep smoke,
      PlatformWord platform,
      Duration soak) {
    this.timeline = timeline;
    this.questions = questions;
    this.observation = observation;
    this.smoke = smoke;
    this.platform = platform;
    this.soak = soak;
  }

  /** Watches to the end of the soak; empty = nothing went wrong. */
  Optional<Trouble> watch() {
    return watched().or(platform::contradiction);
  }

  private Optional<Trouble> watched() {
    if (observation.empty()) {
      timeline.skipped(
          VERIFY, null, "no service has a health path: the platform's word is the only proof");
      return smoke().or(this::soakUnseen);
    }
    while (true) {
      timeline.beginThen(VERIFY, soak.isZero() ? null : "then soaks for " + DurationText.of(soak));
      Observed observed = observed();
      VerificationEnd verification = observed.verification();
      timeline.saw(VERIFY, verification);
      switch (verification.verdict()) {
        case HEALTHY -> {
          timeline.done(VERIFY, verification.summary(), observed.verifiedAt());
          return smoke.wanted() ? smoke().or(this::soakNow) : soaked(observed);
        }
        case UNHEALTHY -> {
          return trouble(VERIFY, Result.FAILED, "did not become healthy", verification);
        }
        case TIMED_OUT -> {
          return trouble(VERIFY, Result.TIMED_OUT, "was not settled in time", verification);
        }
        case INCONCLUSIVE -> {
          String answer = askAbout(VERIFY, verification);
          if (answer.equals(ROLLBACK)) {
            return takenBack(VERIFY, verification);
          }
          if (answer.equals(ACCEPT)) {
            unclearIsAccepted = true;
            timeline.done(VERIFY, "accepted by a person: " + verification.summary());
            return smoke().or(this::soakNow);
          }
        }
      }
    }
  }

  // One read for both, as long as nothing comes between them.
  private Observed observed() {
    return smoke.wanted()
        ? new Observed(observation.verify(), now(), null)
        : observation.verifyAndSoak(soak);
  }

  private Optional<Trouble> smoke() {
    while (smoke.wanted()) {
      timeline.begin(SMOKE);
      SmokeEnd end = smoke.run();
      switch (end.outcome()) {
        case PASSED -> {
          timeline.done(SMOKE, end.detail());
          return Optional.empty();
        }
        case FAILED, TIMED_OUT -> {
          timeline.failed(SMOKE, null, end.detail());
          return Optional.of(Trouble.smoke(end));
        }
        case NOT_STARTED -> {
          String answer =
              questions.ask(
                  SMOKE,
                  "The smoke test says nothing: " + end.detail() + ". Is the release good?",
                  "it was not started, so nothing was tested",
                  List.of(RETRY, ACCEPT, ROLLBACK),
                  Optional::empty);
          if (answer.equals(ROLLBACK)) {
            timeline.failed(SMOKE, null, end.detail());
            return Optional.of(Trouble.smoke(end));
          }
          if (answer.equals(ACCEPT)) {
            timeline.skipped(SMOKE, null, "accepted by a person: " + end.detail());
            return Optional.empty();
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Trouble> soaked(Observed observed) {
    if (observed.soak() == null) {
      return Optional.empty();
    }
    timeline.beginAt(SOAK, observed.verifiedAt());
    return judged(observed.soak(), observed.verifiedAt());
  }

  private Optional<Trouble> soakNow() {
    if (soak.isZero()) {
      return Optional.empty();
    }
    timeline.begin(SOAK);
    Instant begun = now();
    return judged(observation.soak(soak, unclearIsAccepted), begun);
  }

  // Time that nobody watched, while a question was open, is no soak.
  private Optional<Trouble> judged(VerificationEnd first, Instant firstBegun) {
    VerificationEnd end = first;
    Instant begun = firstBegun;
    Duration left = soak;
    while (true) {
      timeline.saw(SOAK, end);
      switch (end.verdict()) {
        case HEALTHY -> {
          timeline.done(SOAK, end.summary());
          return Optional.empty();
        }
        case UNHEALTHY -> {
          return trouble(SOAK, Result.FAILED, "turned unhealthy", end);
        }
        case TIMED_OUT -> {
          return trouble(SOAK, Result.TIMED_OUT, "was not settled in time", end);
        }
        case INCONCLUSIVE -> {
          left = left.minus(Duration.between(begun, now()));
          String answer = askAbout(SOAK, end);
          if (answer.equals(ROLLBACK)) {
            return takenBack(SOAK, end);
          }
          unclearIsAccepted |= answer.equals(ACCEPT);
          begun = now();
          left = left.isNegative() ? Duration.ZERO : left;
          end = observation.soak(left, unclearIsAccepted);
        }
      }
    }
  }

  private Optional<Trouble> soakUnseen() {
    if (!soak.isZero()) {
      timeline.begin(SOAK);
      Workflow.sleep(soak);
      timeline.done(SOAK, "left running, nothing to ask");
    }
    return Optional.empty();
  }

  private String askAbout(String step, VerificationEnd unclear) {
    return questions.ask(
        step,
        "Is the release healthy? " + Trouble.describe(unclear.decisive()),
        unclear.summary(),
        List.of(RETRY, ACCEPT, ROLLBACK),
        Optional::empty);
  }

  private Optional<Trouble> takenBack(String step, VerificationEnd end) {
    return trouble(step, Result.FAILED, "was taken back by a person", end);
  }

  private Optional<Trouble> trouble(
      String step, Result result, String whatHappened, VerificationEnd end) {
    timeline.failed(step, null, end.summary());
    return Optional.of(Trouble.seen(step, result, whatHappened, end));
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
