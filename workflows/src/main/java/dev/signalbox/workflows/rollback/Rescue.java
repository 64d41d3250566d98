package dev.signalbox.workflows.rollback;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.deploy.FormerVariables;
import dev.signalbox.workflows.deploy.Observation;
import dev.signalbox.workflows.deploy.Rollout;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.effect.Reads.Reading;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.Timeline;
import dev.signalbox.workflows.rollback.PutBack.Outcome;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a whole former set back: in reverse order, at most once, and only what was replaced. Never
 * to an image that is gone: then a person is asked. Verified at the end. Runs in the caller's
 * scope, which is a detached one: nobody cancels a rescue. It never ends by an error: what cannot
 * be read or done is a question, and what is left undone is in the end's words.
 */
public final class Rescue {
  /** What is bad serves meanwhile. */
  private static final Duration VARIABLES_WITHIN = Duration.ofSeconds(3);

  private final Pipeline pipeline;
  private final Timeline timeline;
  private final Questions questions;
  private final Reads reads;
  private final String step;
  private final boolean inOrder;
  private final List<String> remarks = new ArrayList<>();

  public Rescue(Pipeline pipeline, Timeline timeline, Questions questions) {
    this(pipeline, timeline, questions, "rescue", false);
  }

  private Rescue(
      Pipeline pipeline, Timeline timeline, Questions questions, String step, boolean inOrder) {
    this.pipeline = pipeline;
    this.timeline = timeline;
    this.questions = questions;
    this.reads = new Reads(questions, pipeline.environment().limits().longestSilence());
    this.step = step;
    this.inOrder = inOrder;
  }

  /** Starts what was stopped: each service after those that it needs. */
  public static Rescue ofStopped(Pipeline pipeline, Timeline timeline, Questions questions) {
    return new Rescue(pipeline, timeline, questions, "start", true);
  }

  /**
   * How a rescue ended.
   *
   * @param set what runs now on the services that it concerned; what could not be put back is
   *     missing
   * @param touched whether anything may run that did not run before: else all stands as it was
   * @param restored whether every service runs what it should and answers so
   */
  public record End(
      boolean touched, boolean restored, List<ServiceDeployment> set, String detail) {}

  /** Puts {@code target} back. */
  public End putBack(List<ServiceDeployment> target) {
    return putBack(target, List.of());
  }

  /**
   * Puts {@code target} back.
   *
   * @param lost services that are to go back, too, and nobody knows to what: the set is not whole
   *     without them, whatever becomes of the others
   */
  public End putBack(List<ServiceDeployment> target, List<String> lost) {
    if (!lost.isEmpty() && !leaves(lost)) {
      return untouched("stopped by a person: " + noRecordOf(lost));
    }
    List<String> unknown =
        target.stream()
            .map(ServiceDeployment::service)
            .filter(service -> !pipeline.serviceNames().contains(service))
            .toList();
    if (!unknown.isEmpty() && !goesOnWithout(unknown)) {
      return untouched("stopped by a person: signalbox.toml does not name " + unknown);
    }
    while (true) {
      Reading<EnvironmentState> now = reads.read(step, "what runs", this::readEnvironment);
      if (!now.known()) {
        timeline.failed(step, null, now.refusal());
        return untouched(now.refusal());
      }
      Map<String, String> gone = gone(target, now.value());
      String answer = gone.isEmpty() ? "accept" : goesOnWithout(gone);
      if (answer.equals("abandon")) {
        timeline.failed(step, null, String.join("; ", gone.values()));
        return untouched("stopped by a person: " + String.join("; ", gone.values()));
      }
      if (answer.equals("accept")) {
        return putBack(target, lost, gone, now.value());
      }
    }
  }

  private End putBack(
      List<ServiceDeployment> target,
      List<String> lost,
      Map<String, String> gone,
      EnvironmentState now) {
    Rollout rollout = new Rollout(pipeline, now, questions, () -> false);
    FormerVariables variables = new FormerVariables(pipeline, now, VARIABLES_WITHIN);
    List<ServiceDeployment> set = new ArrayList<>();
    List<String> notBack = new ArrayList<>();
    boolean touched = false;
    for (ServicePolicy service : services()) {
      Optional<ServiceDeployment> good = of(service, target);
      if (lost.contains(service.name())) {
        timeline.skipped(
            step, service.name(), "left on what was pushed: nobody knows what was before");
        notBack.add(service.name() + " stays on what was pushed, accepted by a person");
        continue;
      }
      if (gone.containsKey(service.name())) {
        timeline.skipped(step, service.name(), gone.get(service.name()));
        notBack.add(service.name() + " was left out by a person: " + gone.get(service.name()));
        continue;
      }
      if (good.isEmpty()) {
        leaveAsItIs(service, now);
        continue;
      }
      PutBack putBack =
          new PutBack(
              step,
              timeline,
              questions,
              reads,
              rollout,
              service,
              good.get(),
              pipeline.environment().mayRebuild(),
              variables,
              this::readEnvironment);
      PutBack.End end = putBack.carryOut(now);
      touched |= putBack.touched();
      if (end.good()) {
        set.add(inOrder ? set.size() : 0, end.deployment());
        if (end.outcome() == Outcome.RESTORED && end.detail() != null) {
          remarks.add(service.name() + " " + end.detail());
        }
      } else {
        notBack.add(service.name() + " " + words(end));
      }
      if (end.outcome() == Outcome.STOPPED) {
        break;
      }
    }
    if (!notBack.isEmpty()) {
      return new End(
          touched,
          false,
          List.copyOf(set),
          said("not back on the last good set: " + String.join("; ", notBack)));
    }
    if (set.isEmpty()) {
      return untouched("signalbox.toml names none of its services");
    }
    return touched ? verified(now, set) : new End(false, true, set, said("nothing was replaced"));
  }

  private List<ServicePolicy> services() {
    List<ServicePolicy> services = new ArrayList<>(pipeline.services());
    if (!inOrder) {
      Collections.reverse(services);
    }
    return services;
  }

  private static String words(PutBack.End end) {
    return (end.outcome() == Outcome.ACCEPTED
            ? "stays as it is, accepted by a person: "
            : "was given up, and what comes before it was not looked at: ")
        + end.detail();
  }

  private static Optional<ServiceDeployment> of(
      ServicePolicy service, List<ServiceDeployment> target) {
    return target.stream().filter(one -> one.service().equals(service.name())).findFirst();
  }

  // A service that the policy lost stays on whatever it runs: the set is not whole without it, so
  // somebody must want that.
  private boolean goesOnWithout(List<String> unknown) {
    String answer =
        questions.ask(
            step,
            "The set to go back to has "
                + String.join(", ", unknown)
                + ", which signalbox.toml no longer names. Put the others back and leave that as"
                + " it is, or stop here?",
            "services of signalbox.toml: " + String.join(", ", pipeline.serviceNames()),
            List.of("accept", "abandon"),
            Optional::empty);
    for (String service : unknown) {
      timeline.skipped(step, service, "is not in signalbox.toml; left as it is");
    }
    remarks.add("without " + String.join(", ", unknown) + ", which signalbox.toml does not name");
    return answer.equals("accept");
  }

  /** Why services of the set are not at Railway, each by its name here. */
  private Map<String, String> gone(List<ServiceDeployment> target, EnvironmentState now) {
    Map<String, String> gone = new LinkedHashMap<>();
    for (ServicePolicy service : pipeline.services()) {
      if (of(service, target).isPresent() && now.service(service.railway()).isEmpty()) {
        gone.put(service.name(), now.missing(service.railway()));
      }
    }
    return gone;
  }

  // Asked before anything is touched: what was renamed may have its name again in a minute.
  private String goesOnWithout(Map<String, String> gone) {
    String why = String.join("; ", gone.values());
    return questions.ask(
        step,
        why
            + ". Look again, put the others back without "
            + String.join(", ", gone.keySet())
            + ", or stop here?",
        why,
        List.of("retry", "accept", "abandon"),
        Optional::empty);
  }

  /** What nobody knows cannot be put back; half a set is only put back if somebody wants that. */
  private boolean leaves(List<String> lost) {
    return questions
        .ask(
            step,
            "The release is live on "
                + String.join(", ", lost)
                + " already, and "
                + noRecordOf(lost)
                + ". Put the others back and leave that as it is, or stop here?",
            noRecordOf(lost),
            List.of("accept", "abandon"),
            Optional::empty)
        .equals("accept");
  }

  private static String noRecordOf(List<String> lost) {
    return "there is no record of what served on " + String.join(", ", lost) + " before the push";
  }

  private void leaveAsItIs(ServicePolicy service, EnvironmentState now) {
    if (now.service(service.railway()).map(ServiceState::active).isPresent()) {
      timeline.skipped(step, service.name(), "has no former deployment; left as it is");
      remarks.add(service.name() + " has no former deployment and is left as it is");
    }
  }

  private End verified(EnvironmentState now, List<ServiceDeployment> set) {
    Observation observation = Observation.of(pipeline, now, set, null);
    if (observation.empty()) {
      return new End(
          true,
          true,
          set,
          said("back on the last good set (the platform's word: no service has a health path)"));
    }
    while (true) {
      timeline.begin(verify());
      Reading<VerificationEnd> read =
          reads.read(
              verify(), "the services' health", longest -> observation.verify(), Reads.NO_PROBE);
      if (!read.known()) {
        timeline.failed(verify(), null, read.refusal());
        return unrestored(set, "back on the last good set, not verified: " + read.refusal());
      }
      VerificationEnd end = read.value();
      timeline.saw(verify(), end);
      if (end.verdict() == Verdict.HEALTHY) {
        timeline.done(verify(), end.summary());
        return new End(true, true, set, said("back on the last good set, verified"));
      }
      String answer = end.verdict() == Verdict.INCONCLUSIVE ? askAbout(end) : "abandon";
      if (answer.equals("accept")) {
        timeline.done(verify(), "accepted by a person: " + end.summary());
        return new End(
            true, true, set, said("back on the last good set, accepted by a person as healthy"));
      }
      if (answer.equals("abandon")) {
        timeline.failed(verify(), null, end.summary());
        return unrestored(
            set, "back on the last good set, but it is not healthy: " + end.summary());
      }
    }
  }

  private String askAbout(VerificationEnd unclear) {
    return questions.ask(
        verify(),
        "Is the last good set healthy? Look again, accept it, or stop here?",
        unclear.summary(),
        List.of("retry", "accept", "abandon"),
        Optional::empty);
  }

  private String verify() {
    return "verify-" + step;
  }

  private End untouched(String detail) {
    return new End(false, false, List.of(), said(detail));
  }

  private End unrestored(List<ServiceDeployment> set, String detail) {
    return new End(true, false, List.copyOf(set), said(detail));
  }

  private String said(String detail) {
    return remarks.isEmpty() ? detail : detail + " (" + String.join("; ", remarks) + ")";
  }

  private EnvironmentState readEnvironment(Duration longest) {
    return Workflow.newActivityStub(
            RailwayActivities.class,
            ActivityProfiles.quick(
                new TaskQueues(pipeline.project().name()).railway(), "read what runs", longest))
        .readEnvironment(EnvironmentQuery.of(pipeline));
  }
}
