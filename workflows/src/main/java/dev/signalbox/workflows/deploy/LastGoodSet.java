package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a rescue goes back to: what served on every service before anything was touched. */
public final class LastGoodSet {
  private LastGoodSet() {}

  /** What is active now; what the ledger has on record, when that is no set that was verified. */
  public static List<ServiceDeployment> of(DeployRequest request) {
    List<ServiceDeployment> recorded =
        request.live() == null ? List.of() : request.live().deployments();
    return request.mixed()
        ? recorded
        : of(request.pipeline(), request.before()).stream()
            .flatMap(active -> before(request, active, recorded))
            .toList();
  }

  /** Of a push that was there before, Railway may have made live already what is to be judged. */
  private static Stream<ServiceDeployment> before(
      DeployRequest request, ServiceDeployment active, List<ServiceDeployment> recorded) {
    return request.pushed() == null || !request.pushed().equals(active.revision())
        ? Stream.of(active)
        : recorded.stream().filter(one -> one.service().equals(active.service()));
  }

  /**
   * Services of which nobody knows what to go back to: Railway has made the push live on them, and
   * the ledger has no record of what served before.
   */
  public static List<String> unknown(DeployRequest request) {
    boolean recorded = request.live() != null && !request.live().deployments().isEmpty();
    return request.pushed() == null || request.mixed() || recorded
        ? List.of()
        : of(request.pipeline(), request.before()).stream()
            .filter(active -> request.pushed().equals(active.revision()))
            .map(ServiceDeployment::service)
            .toList();
  }

  /**
   * Deployments of another commit that somebody else put in the place of the recorded ones: what
   * served before is then no set that was ever verified. Empty where there is no record, and where
   * it says mixed anyway.
   */
  public static List<ServiceDeployment> foreign(DeployRequest request) {
    return request.mixed()
        ? List.of()
        : Foreign.of(request.live(), request.pipeline(), request.before()).stream()
            .filter(active -> !active.revision().equals(request.pushed()))
            .toList();
  }

  /** The active deployments, named as the policy names the services; empty on a first release. */
  public static List<ServiceDeployment> of(Pipeline pipeline, EnvironmentState state) {
    List<ServiceDeployment> set = new ArrayList<>();
    for (ServicePolicy service : pipeline.services()) {
      state
          .service(service.railway())
          .map(ServiceState::active)
          .ifPresent(
              active ->
                  set.add(
                      new ServiceDeployment(
                          service.name(),
                          active.id(),
                          active.revision(),
                          active.canRollback(),
                          active.since())));
    }
    return List.copyOf(set);
  }

  /** What nobody recorded has run since Railway made the last of it; empty = it does not say. */
  static Optional<Instant> since(List<ServiceDeployment> set) {
    return set.stream()
        .map(ServiceDeployment::since)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder());
  }
}
