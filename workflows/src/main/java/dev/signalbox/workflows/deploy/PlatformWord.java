package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What stands in for a version where a service shows none: that Railway's active deployment is
 * still ours, with our commit, when everything else is done. Asked only for such services. Where
 * Railway does not say it, a person is asked: it is the only proof that there is.
 */
final class PlatformWord {
  private static final String STEP = "platform";
  private static final String RETRY = "retry";
  private static final String ACCEPT = "accept";
  private static final String ROLLBACK = "rollback";

  /** Railway's reads lag its writes. */
  private static final int LOOKS = 3;

  private final Pipeline pipeline;
  private final List<ServiceDeployment> set;
  private final Timeline timeline;
  private final Questions questions;

  /**
   * @param set the deployments of the services that show no version
   */
  PlatformWord(
      Pipeline pipeline, List<ServiceDeployment> set, Timeline timeline, Questions questions) {
    this.pipeline = pipeline;
    this.set = List.copyOf(set);
    this.timeline = timeline;
    this.questions = questions;
  }

  /** Empty = it says what it should. */
  Optional<Trouble> contradiction() {
    if (set.isEmpty()) {
      return Optional.empty();
    }
    while (true) {
      timeline.begin(STEP);
      try {
        String otherwise = look();
        for (int looks = 1; looks < LOOKS && otherwise != null; looks++) {
          Workflow.sleep(pipeline.environment().limits().poll());
          otherwise = look();
        }
        return otherwise == null ? confirmed() : contradicted(otherwise);
      } catch (ActivityFailure failure) {
        Causes.rethrowCancel(failure);
        String unread = "Railway could not be asked what is active: " + Reads.reason(failure);
        String answer = ask(unread);
        if (answer.equals(ROLLBACK)) {
          return contradicted(unread + "; a person took the release back");
        }
        if (answer.equals(ACCEPT)) {
          timeline.done(STEP, "accepted by a person: " + unread);
          return Optional.empty();
        }
      }
    }
  }

  private String ask(String unread) {
    return questions.ask(
        STEP,
        "Is the release good? " + services() + ": no version is shown, and " + unread,
        "the deployments were active when they ended",
        List.of(RETRY, ACCEPT, ROLLBACK),
        () -> answered() ? Optional.of(RETRY) : Optional.empty());
  }

  private boolean answered() {
    try {
      look();
      return true;
    } catch (ActivityFailure failure) {
      Causes.rethrowCancel(failure);
      return false;
    }
  }

  private String services() {
    return set.stream().map(ServiceDeployment::service).collect(Collectors.joining(", "));
  }

  private Optional<Trouble> confirmed() {
    timeline.done(
        STEP,
        "the active deployment is ours, of our commit: "
            + services()
            + " (weaker evidence: no version is shown)");
    return Optional.empty();
  }

  private Optional<Trouble> contradicted(String otherwise) {
    timeline.failed(STEP, null, otherwise);
    return Optional.of(Trouble.of(Result.FAILED, otherwise, false));
  }

  /** What Railway says instead; null = what it should. */
  private String look() {
    EnvironmentState now =
        Workflow.newActivityStub(
                RailwayActivities.class,
                ActivityProfiles.optional(
                    new TaskQueues(pipeline.project().name()).railway(), "what is active"))
            .readEnvironment(EnvironmentQuery.of(pipeline));
    for (ServiceDeployment ours : set) {
      ServicePolicy service = pipeline.service(ours.service());
      ServiceDeployment active =
          now.service(service.railway()).map(ServiceState::active).orElse(null);
      if (active == null
          || !active.id().equals(ours.id())
          || !Objects.equals(active.revision(), ours.revision())) {
        return service.name()
            + (service.job() ? " is a job" : " shows no version")
            + ", and Railway says that "
            + (active == null
                ? "nothing is active"
                : active.id() + " of " + active.revision() + " is active")
            + ", not "
            + ours.id()
            + " of "
            + ours.revision();
      }
    }
    return null;
  }
}
