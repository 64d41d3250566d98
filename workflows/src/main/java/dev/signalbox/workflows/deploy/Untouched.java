package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.List;
import java.util.Optional;

/**
 * The services that a release leaves as they are: nothing that they are made of has changed, or
 * another one is deployed alone.
 */
final class Untouched {
  private final DeployRequest request;

  Untouched(DeployRequest request) {
    this.request = request;
  }

  /** What stays in the set in the place of a deployment; empty = the service is deployed. */
  Optional<Rollout.End> of(ServicePolicy service) {
    return request.skipped().contains(service.name())
        ? Optional.of(
            kept(
                service,
                request.before().service(service.railway()).map(ServiceState::active).orElse(null)))
        : Optional.empty();
  }

  private Rollout.End kept(ServicePolicy service, ServiceDeployment active) {
    return new Rollout.End(
        Rollout.Ending.KEPT,
        Rollout.named(service, active),
        (request.service() == null
                ? "unchanged: nothing under its paths differs"
                : "only " + request.service() + " is deployed")
            + ", so it stays on "
            + runs(active));
  }

  private static String runs(ServiceDeployment active) {
    if (active == null) {
      return "nothing";
    }
    return active.revision() == null ? active.id() : ShortCommit.of(active.revision());
  }

  /** The services that are left on another commit than the set's. */
  List<String> apart() {
    if (request.service() == null) {
      return List.of();
    }
    LiveSet live = request.live();
    List<String> others =
        live != null && request.revision().equals(live.revision())
            ? live.apart()
            : request.pipeline().serviceNames();
    return others.stream().filter(name -> !name.equals(request.service())).toList();
  }

  /** How a release that is live is told of. */
  String live() {
    return apart().isEmpty()
        ? "live and verified"
        : "live and verified: "
            + request.service()
            + " only, the set is no longer of one commit ("
            + String.join(", ", apart())
            + " left as it is)";
  }
}
