package dev.signalbox.activities.gate;

import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.gate.FactsActivities.FactsQuery;
import dev.signalbox.workflows.github.ReleaseQuery.ServicePaths;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each service runs of which the policy says what files it is made of. */
final class RunningServices {
  private RunningServices() {}

  /** Without those that run nothing, or what Railway names no commit of: they count as changed. */
  static List<ServicePaths> of(FactsQuery query, EnvironmentState target) {
    List<ServicePaths> services = new ArrayList<>();
    for (ServicePolicy service : query.pipeline().services()) {
      if (!service.paths().isEmpty() && target != null) {
        running(service, target)
            .map(commit -> revisionBehind(commit, query.live()))
            .map(commit -> new ServicePaths(service.name(), commit, service.paths()))
            .ifPresent(services::add);
      }
    }
    return services;
  }

  private static Optional<String> running(ServicePolicy service, EnvironmentState target) {
    return target
        .service(service.railway())
        .map(ServiceState::active)
        .map(ServiceDeployment::revision);
  }

  private static String revisionBehind(String commit, LiveSet live) {
    return live != null && commit.equals(live.mergeCommit()) ? live.revision() : commit;
  }
}
