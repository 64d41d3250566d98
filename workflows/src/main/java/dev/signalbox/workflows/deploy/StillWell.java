package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.Timeline;
import java.util.List;
import java.util.Optional;

/** Whether what runs still answers well after its schema has changed under it. */
final class StillWell {
  private static final String STEP = "verify-again";

  private final Timeline timeline;
  private final Questions questions;
  private final Observation observation;

  StillWell(
      Pipeline pipeline,
      EnvironmentState state,
      List<ServiceDeployment> set,
      String mergeCommit,
      Timeline timeline,
      Questions questions) {
    this.timeline = timeline;
    this.questions = questions;
    this.observation = Observation.of(pipeline, state, set, mergeCommit);
  }

  /** Looks until it is well or a person says how to go on; empty = it is. */
  Optional<String> trouble() {
    if (observation.empty()) {
      timeline.skipped(STEP, null, "no service has a health path, or nothing is on record as live");
      return Optional.empty();
    }
    while (true) {
      timeline.begin(STEP);
      VerificationEnd end = observation.verify();
      timeline.saw(STEP, end);
      if (end.verdict() == Verdict.HEALTHY) {
        timeline.done(STEP, end.summary());
        return Optional.empty();
      }
      String answer = ask(end);
      if (answer.equals("accept")) {
        timeline.done(STEP, "accepted by a person: " + end.summary());
        return Optional.empty();
      }
      if (answer.equals("abandon")) {
        timeline.failed(STEP, null, end.summary());
        return Optional.of("what runs is not well on the new schema: " + end.summary());
      }
    }
  }

  // Nothing leads back from here by itself: the schema is what it is.
  private String ask(VerificationEnd end) {
    return questions.ask(
        STEP,
        "Is what runs well on the new schema? "
            + Trouble.describe(end.decisive())
            + ". Look again (retry), accept it, or end this as failed (abandon)?",
        end.summary(),
        List.of("retry", "accept", "abandon"),
        Optional::empty);
  }
}
