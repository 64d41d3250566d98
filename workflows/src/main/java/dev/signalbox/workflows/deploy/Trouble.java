package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.health.SmokeActivities.Outcome;
import dev.signalbox.workflows.health.SmokeActivities.SmokeEnd;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Moments;
import java.util.ArrayList;
import java.util.List;

/**
 * What went wrong with a release.
 *
 * @param result how the run ends for it
 * @param commitIsBad whether the commit is to blame
 * @param evidence the decisive readings, one line each
 */
record Trouble(Result result, String detail, boolean commitIsBad, List<String> evidence) {
  private static final int MOST_LINES = 20;

  static Trouble of(Result result, String detail, boolean commitIsBad) {
    return new Trouble(result, detail, commitIsBad, List.of());
  }

  static Trouble cancelled() {
    return of(Result.CANCELLED, "cancelled", false);
  }

  /** The same, with what had happened before. */
  Trouble after(String what) {
    return new Trouble(result, detail + " after: " + what, commitIsBad, evidence);
  }

  /** The services' own answers say so. */
  static Trouble seen(String step, Result result, String whatHappened, VerificationEnd end) {
    String sample = describe(end.decisive());
    return new Trouble(
        result,
        (end.decisive() == null ? "it" : end.decisive().service())
            + " "
            + whatHappened
            + ": "
            + sample,
        !stillBefore(end),
        List.of(step + ": " + sample));
  }

  /** The user's own test says so, or says nothing and a person takes it back. */
  static Trouble smoke(SmokeEnd end) {
    List<String> evidence = new ArrayList<>(List.of("smoke: " + end.detail()));
    int first = Math.max(0, end.tail().size() - MOST_LINES);
    end.tail().subList(first, end.tail().size()).forEach(line -> evidence.add("smoke: " + line));
    return new Trouble(
        end.outcome() == Outcome.TIMED_OUT ? Result.TIMED_OUT : Result.FAILED,
        "the smoke test failed: " + end.detail(),
        end.outcome() == Outcome.FAILED,
        List.copyOf(evidence));
  }

  // Who never saw the commit's own answer cannot blame the commit.
  private static boolean stillBefore(VerificationEnd end) {
    return end.verdict() == Verdict.TIMED_OUT
        && end.decisive() != null
        && end.decisive().reading() == Reading.EARLIER;
  }

  static String describe(Sample sample) {
    return sample == null
        ? "no sample"
        : sample.service()
            + " at "
            + Moments.text(sample.at())
            + ": expected "
            + sample.expected()
            + ", got "
            + sample.got();
  }
}
