package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.health.HealthActivities;
import dev.signalbox.workflows.health.HealthActivities.ObserveOrder;
import dev.signalbox.workflows.health.HealthActivities.Observed;
import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.health.HealthActivities.VerifyOrder;
import dev.signalbox.workflows.health.HealthActivities.WantedVersion;
import dev.signalbox.workflows.policy.EnvironmentPolicy.VerifyPolicy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.RailwayActivities.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Looks at the deployed services themselves: is each healthy, and is it the version that it should
 * be?
 */
public final class Observation {
  private final Pipeline pipeline;
  private final List<Target> targets;

  private Observation(Pipeline pipeline, List<Target> targets) {
    this.pipeline = pipeline;
    this.targets = targets;
  }

  /**
   * Observes each service of a set at the revision that it should run.
   *
   * @param mergeCommit what stands for the revision too; null = nothing
   */
  public static Observation of(
      Pipeline pipeline, EnvironmentState state, List<ServiceDeployment> set, String mergeCommit) {
    return new Observation(
        pipeline,
        set.stream()
            .map(
                deployment ->
                    target(pipeline.service(deployment.service()), state, deployment, mergeCommit))
            .filter(Objects::nonNull)
            .toList());
  }

  // A service without a health path or an address has only the platform's word: there is nothing to
  // ask.
  private static Target target(
      ServicePolicy service,
      EnvironmentState state,
      ServiceDeployment deployment,
      String mergeCommit) {
    String url = address(service, state);
    return url == null || service.health() == null
        ? null
        : new Target(
            service.name(),
            url,
            service.health(),
            version(service, state, deployment, mergeCommit),
            service.expect(),
            service.timeout(),
            service.interval(),
            service.retries());
  }

  // What served before the switch may answer while the switch goes on.
  private static WantedVersion version(
      ServicePolicy service,
      EnvironmentState state,
      ServiceDeployment deployment,
      String mergeCommit) {
    return service.version() == null || deployment.revision() == null
        ? null
        : new WantedVersion(
            service.version(),
            deployment.revision(),
            mergeCommit,
            null,
            state
                .service(service.railway())
                .map(ServiceState::active)
                .map(ServiceDeployment::revision)
                .map(List::of)
                .orElse(List.of()));
  }

  /** The service's base address; null when neither the file nor Railway names one. */
  public static String address(ServicePolicy service, EnvironmentState state) {
    return service.url() != null
        ? service.url()
        : state.service(service.railway()).map(ServiceState::url).orElse(null);
  }

  public static List<String> addresses(Pipeline pipeline, EnvironmentState state) {
    return pipeline.services().stream()
        .map(service -> address(service, state))
        .flatMap(Stream::ofNullable)
        .toList();
  }

  /** Whether nothing can be asked: then the platform's word is the only proof. */
  public boolean empty() {
    return targets.isEmpty();
  }

  /** N good answers in a row from every service. */
  public VerificationEnd verify() {
    return health("verify", policy().timeout()).verify(verifyOrder());
  }

  /** Verified, and then left running for the environment's soak time. */
  public Observed verifyAndSoak() {
    Duration soak = pipeline.environment().soak();
    return health("verify, then soak for " + DurationText.of(soak), policy().timeout().plus(soak))
        .observe(new ObserveOrder(verifyOrder(), soak));
  }

  /**
   * Left running for this long.
   *
   * @param unclearIsAccepted whether answers that say neither yes nor no are taken as they are
   */
  public VerificationEnd soak(Duration time, boolean unclearIsAccepted) {
    return health("soak for " + DurationText.of(time), time)
        .soak(
            new ObserveOrder(
                verifyOrder(unclearIsAccepted ? Integer.MAX_VALUE : policy().inconclusive()),
                time));
  }

  private VerifyOrder verifyOrder() {
    return verifyOrder(policy().inconclusive());
  }

  private VerifyOrder verifyOrder(int inconclusive) {
    return new VerifyOrder(
        pipeline.project().name(),
        targets,
        policy().successes(),
        policy().every(),
        policy().timeout(),
        policy().fail(),
        policy().error(),
        inconclusive);
  }

  private VerifyPolicy policy() {
    return pipeline.environment().verify();
  }

  private HealthActivities health(String summary, Duration longest) {
    return Workflow.newActivityStub(
        HealthActivities.class,
        ActivityProfiles.waiting(
            new TaskQueues(pipeline.project().name()).health(), summary, longest));
  }
}
