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
import dev.signalbox.workflows.health.Proof;
import dev.signalbox.workflows.policy.EnvironmentPolicy.VerifyPolicy;
import dev.signalbox.workflows.policy.PageCheck;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at the deployed services themselves: is each healthy, and is it the version that it should
 * be?
 */
public final class Observation {
  private final Pipeline pipeline;
  private final EnvironmentState state;
  private final List<ServiceDeployment> set;
  private final List<Target> targets;
  private final List<Target> pages;

  private Observation(
      Pipeline pipeline,
      EnvironmentState state,
      List<ServiceDeployment> set,
      List<Target> targets,
      List<Target> pages) {
    this.pipeline = pipeline;
    this.state = state;
    this.set = set;
    this.targets = targets;
    this.pages = pages;
  }

  /**
   * Observes each service of a set at the revision that it should run.
   *
   * @param state the environment before: what is active there may answer while the switch goes on
   * @param mergeCommit what stands for the revision too; null = nothing
   */
  public static Observation of(
      Pipeline pipeline, EnvironmentState state, List<ServiceDeployment> set, String mergeCommit) {
    ServiceVersions versions = ServiceVersions.read(pipeline, state, set);
    List<Target> targets =
        set.stream()
            .map(deployment -> target(pipeline, state, deployment, mergeCommit, versions))
            .filter(Objects::nonNull)
            .toList();
    return new Observation(pipeline, state, List.copyOf(set), targets, List.of());
  }

  /** The same with the pages of the policy: what the release in question must show. */
  public Observation withPages() {
    return new Observation(
        pipeline, state, set, targets, policy().pages().stream().map(this::page).toList());
  }

  // A service without a health path or an address has only the platform's word: there is nothing to
  // ask.
  private static Target target(
      Pipeline pipeline,
      EnvironmentState state,
      ServiceDeployment deployment,
      String mergeCommit,
      ServiceVersions versions) {
    ServicePolicy service = pipeline.service(deployment.service());
    String url = address(service, state);
    return url == null || service.health() == null || service.job()
        ? null
        : new Target(
            service.name(),
            url,
            service.health(),
            version(service, state, deployment, mergeCommit, versions),
            service.expect(),
            service.timeout(),
            service.interval(),
            service.retries(),
            null);
  }

  // What served before the switch may answer while the switch goes on.
  private static WantedVersion version(
      ServicePolicy service,
      EnvironmentState state,
      ServiceDeployment deployment,
      String mergeCommit,
      ServiceVersions versions) {
    if (service.version() == null || deployment.revision() == null) {
      return null;
    }
    Optional<String> before = ServiceVersions.before(service, state);
    boolean own = service.versionFrom() != null;
    return new WantedVersion(
        service.version(),
        deployment.revision(),
        mergeCommit,
        own ? versions.of(service, deployment.revision()).orElse("") : null,
        (own ? before.flatMap(commit -> versions.of(service, commit)) : before)
            .map(List::of)
            .orElse(List.of()));
  }

  private Target page(PageCheck page) {
    Optional<ServicePolicy> service =
        page.service() == null
            ? main(pipeline, state)
            : Optional.of(pipeline.service(page.service()));
    String url = service.map(one -> address(one, state)).orElse(null);
    return new Target(
        service.map(ServicePolicy::name).map(name -> name + " ").orElse("") + page.path(),
        url == null ? "" : url,
        page.path(),
        null,
        null,
        service.map(ServicePolicy::timeout).orElse(null),
        null,
        service.map(ServicePolicy::retries).orElse(0),
        page);
  }

  /** What people open: the last of the order that has an address. */
  static Optional<ServicePolicy> main(Pipeline pipeline, EnvironmentState state) {
    return pipeline.services().stream()
        .filter(service -> !service.job() && address(service, state) != null)
        .reduce((earlier, later) -> later);
  }

  /** The deployments of services that show no version of their own. */
  List<ServiceDeployment> unversioned() {
    return set.stream()
        .filter(
            deployment ->
                targets.stream()
                    .noneMatch(
                        target ->
                            target.service().equals(deployment.service())
                                && target.version() != null))
        .toList();
  }

  /** What each service of the set is proved by, once it has been verified. */
  public List<Proof.Service> proofs() {
    return set.stream().map(this::proof).toList();
  }

  private Proof.Service proof(ServiceDeployment deployment) {
    ServicePolicy service = pipeline.service(deployment.service());
    Optional<Target> target =
        targets.stream().filter(one -> one.service().equals(service.name())).findFirst();
    return new Proof.Service(
        service.name(),
        deployment.id(),
        target.map(Target::url).orElse(null),
        ProofWords.strength(service, target.isPresent()),
        ProofWords.seen(service, target, deployment));
  }

  /** The service's base address; null when neither the file nor Railway names one. */
  public static String address(ServicePolicy service, EnvironmentState state) {
    return service.url() != null
        ? service.url()
        : state.service(service.railway()).map(ServiceState::url).orElse(null);
  }

  public static List<String> addresses(Pipeline pipeline, EnvironmentState state) {
    return pipeline.services().stream()
        .filter(service -> !service.job())
        .map(service -> address(service, state))
        .flatMap(Stream::ofNullable)
        .toList();
  }

  /** Whether nothing can be asked: then the platform's word is the only proof. */
  public boolean empty() {
    return targets.isEmpty() && pages.isEmpty();
  }

  /** N good answers in a row from every service. */
  public VerificationEnd verify() {
    return health("verify", policy().timeout()).verify(verifyOrder());
  }

  /**
   * Verified, and then left running for this long.
   *
   * @param soak zero = not at all
   */
  public Observed verifyAndSoak(Duration soak) {
    String then = soak.isZero() ? "" : ", then soak for " + DurationText.of(soak);
    return health("verify" + then, policy().timeout().plus(longest(soak)))
        .observe(new ObserveOrder(verifyOrder(), soak));
  }

  /**
   * Left running for this long.
   *
   * @param unclearIsAccepted whether answers that say neither yes nor no are taken as they are
   */
  public VerificationEnd soak(Duration time, boolean unclearIsAccepted) {
    return health("soak for " + DurationText.of(time), longest(time))
        .soak(
            new ObserveOrder(
                verifyOrder(
                    unclearIsAccepted ? VerifyOrder.UNCLEAR_ACCEPTED : policy().inconclusive()),
                time));
  }

  // A soak goes on beyond its end while the last answer of a service is not good.
  private Duration longest(Duration soak) {
    return soak.plus(policy().timeout());
  }

  private VerifyOrder verifyOrder() {
    return verifyOrder(policy().inconclusive());
  }

  private VerifyOrder verifyOrder(int inconclusive) {
    return new VerifyOrder(
        pipeline.project().name(),
        targets,
        pages,
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
