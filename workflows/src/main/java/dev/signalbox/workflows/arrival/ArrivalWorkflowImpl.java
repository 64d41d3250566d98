package dev.signalbox.workflows.arrival;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.arrival.ArrivalReport.State;
import dev.signalbox.workflows.deploy.Observation;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.RevisionQuery;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.FailureQuery;
import dev.signalbox.workflows.railway.RailwayActivities.RecentQuery;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.ShortCommit;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The platform says what runs, the services say whether they are well and which version they are.
 */
public final class ArrivalWorkflowImpl implements ArrivalWorkflow {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(8);
  private static final Duration LEAST_POLL = Duration.ofSeconds(1);

  private ArrivalRequest request;
  private Pipeline pipeline;
  private String revision;

  @Override
  public ArrivalReport run(ArrivalRequest asked) {
    request = asked;
    Instant deadline = now().plus(request.longest());
    pipeline =
        Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
            .read(new PolicyQuery(request.project(), request.environment()));
    revision = resolve();
    Duration poll = pipeline.environment().limits().poll();
    Duration pause = poll.compareTo(LEAST_POLL) < 0 ? LEAST_POLL : poll;
    while (true) {
      ArrivalReport seen = look();
      if (seen.state() != State.NOT_YET || now().plus(pause).isAfter(deadline)) {
        return seen;
      }
      Workflow.sleep(pause);
    }
  }

  private String resolve() {
    return Workflow.newActivityStub(
            GitHubActivities.class, bounded(queues().github(), "which commit is it?"))
        .resolveRevision(
            new RevisionQuery(
                request.project(),
                pipeline.project().github(),
                pipeline.environment().branch(),
                request.revision()))
        .sha();
  }

  private ArrivalReport look() {
    EnvironmentState environment = readEnvironment();
    List<String> gone = environment.missing(wanted().stream().map(ServicePolicy::railway).toList());
    if (!gone.isEmpty()) {
      return report(State.FAILED, String.join("; ", gone), environment);
    }
    List<ServiceDeployment> set = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (ServicePolicy service : wanted()) {
      Optional<ServiceState> state = environment.service(service.railway());
      Optional<ServiceDeployment> active = state.map(ServiceState::active);
      if (active.filter(this::isIt).isPresent()) {
        set.add(named(service, active.get()));
        continue;
      }
      Optional<Deployment> made = state.flatMap(known -> madeOfIt(environment, service, known));
      if (made.filter(deployment -> skipped(deployment) && active.isPresent()).isPresent()) {
        // Nothing of it concerns this service: what runs is what should run.
        set.add(named(service, active.get()));
      } else if (made.filter(ArrivalWorkflowImpl::ended).isPresent()) {
        return report(
            State.FAILED,
            service.name()
                + ": its deployment "
                + made.get().id()
                + " "
                + ending(made.get())
                + step(service, made.get()),
            environment);
      } else {
        missing.add(
            service.name()
                + (made.isPresent()
                    ? " is " + made.get().rawStatus()
                    : " runs " + active.map(ArrivalWorkflowImpl::shortened).orElse("nothing")));
      }
    }
    return missing.isEmpty()
        ? verified(environment, set)
        : report(State.NOT_YET, String.join("; ", missing), environment);
  }

  private List<ServicePolicy> wanted() {
    return pipeline.services().stream().filter(service -> request.wants(service.name())).toList();
  }

  private ArrivalReport verified(EnvironmentState environment, List<ServiceDeployment> set) {
    String standIn =
        request.standIns().isEmpty() ? null : request.standIns().get(request.standIns().size() - 1);
    Observation observation = Observation.of(pipeline, environment, set, standIn);
    if (observation.empty()) {
      return report(
          State.ARRIVED,
          "the platform runs it on every service (no service has a health path to ask)",
          environment);
    }
    VerificationEnd end = observation.verify();
    if (end.verdict() == Verdict.HEALTHY) {
      return report(State.ARRIVED, "live and verified: " + end.summary(), environment);
    }
    // Answers that say neither yes nor no may come from a service that still starts.
    State state = end.verdict() == Verdict.INCONCLUSIVE ? State.NOT_YET : State.FAILED;
    return report(state, "it runs, but " + end.summary(), environment);
  }

  private boolean isIt(ServiceDeployment deployment) {
    return request.recorded().contains(deployment.id()) || isIt(deployment.revision());
  }

  private boolean isIt(String commit) {
    return commit != null && (revision.equals(commit) || request.standIns().contains(commit));
  }

  /** The newest deployment of this commit; asked for only where Railway may have one. */
  private Optional<Deployment> madeOfIt(
      EnvironmentState environment, ServicePolicy service, ServiceState state) {
    if (state.latest() == null) {
      return Optional.empty();
    }
    return railway()
        .recentDeployments(
            new RecentQuery(
                request.project(),
                pipeline.home().project(),
                environment.environmentId(),
                state.serviceId(),
                service.railway(),
                pipeline.home().token()))
        .deployments()
        .stream()
        .filter(deployment -> isIt(deployment.revision()))
        .findFirst();
  }

  private static boolean skipped(Deployment deployment) {
    return deployment.status() == Deployment.Status.SKIPPED;
  }

  private static boolean ended(Deployment deployment) {
    return switch (deployment.status()) {
      case FAILED, CRASHED, REMOVED -> true;
      case IN_PROGRESS, NEEDS_APPROVAL, ACTIVE, SKIPPED, UNKNOWN -> false;
    };
  }

  private static String ending(Deployment deployment) {
    return deployment.status() == Deployment.Status.REMOVED
        ? "was replaced by another one"
        : "ended " + deployment.rawStatus();
  }

  /** Where a deployment stopped, as far as Railway says. */
  private String step(ServicePolicy service, Deployment deployment) {
    if (deployment.status() != Deployment.Status.FAILED) {
      return "";
    }
    try {
      List<String> steps =
          Workflow.newActivityStub(
                  RailwayActivities.class, bounded(queues().railway(), "why did it fail?"))
              .readFailure(
                  new FailureQuery(
                      request.project(),
                      service.name(),
                      deployment.id(),
                      pipeline.home().token(),
                      deployment.revision()))
              .steps();
      return steps.isEmpty() ? "" : ", at the step " + String.join("; ", steps);
    } catch (ActivityFailure unread) {
      return "";
    }
  }

  private ArrivalReport report(State state, String detail, EnvironmentState environment) {
    Map<String, String> urls = new LinkedHashMap<>();
    for (ServicePolicy service : pipeline.services()) {
      String url = Observation.address(service, environment);
      if (url != null) {
        urls.put(service.name(), url);
      }
    }
    return new ArrivalReport(revision, state, detail, urls);
  }

  private EnvironmentState readEnvironment() {
    return railway().readEnvironment(EnvironmentQuery.of(pipeline));
  }

  private RailwayActivities railway() {
    return Workflow.newActivityStub(
        RailwayActivities.class, bounded(queues().railway(), "what runs?"));
  }

  private static ActivityOptions bounded(String queue, String summary) {
    return ActivityProfiles.quick(queue, summary, ANSWER_WITHIN);
  }

  private TaskQueues queues() {
    return new TaskQueues(request.project());
  }

  private static ServiceDeployment named(ServicePolicy service, ServiceDeployment deployment) {
    return new ServiceDeployment(
        service.name(),
        deployment.id(),
        deployment.revision(),
        deployment.canRollback(),
        deployment.since());
  }

  private static String shortened(ServiceDeployment deployment) {
    String commit = deployment.revision();
    return ShortCommit.of(commit, "another image");
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
