package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.RailwayActivities.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.util.Optional;

/** The services that a release leaves as they are: nothing that they are made of has changed. */
final class Untouched {
  private final DeployRequest request;

  Untouched(DeployRequest request) {
    this.request = request;
  }

  /** What stays in the set in the place of a deployment; empty = the service is deployed. */
  Optional<Rollout.End> of(ServicePolicy service) {
    return request.skipped().contains(service.name())
        ? request
            .before()
            .service(service.railway())
            .map(ServiceState::active)
            .map(active -> kept(service, active))
        : Optional.empty();
  }

  private static Rollout.End kept(ServicePolicy service, ServiceDeployment active) {
    return new Rollout.End(
        Rollout.Ending.KEPT,
        Rollout.named(service, active),
        "unchanged: nothing under its paths differs, so it stays on "
            + (active.revision() == null ? active.id() : active.revision().substring(0, 7)));
  }
}
