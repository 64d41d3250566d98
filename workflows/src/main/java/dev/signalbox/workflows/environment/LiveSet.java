package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.release.ServiceDeployment;
import java.time.Instant;
import java.util.List;

/**
 * What runs in an environment, as the ledger recorded it.
 *
 * @param mergeCommit the merge commit that stands for the revision on the target branch; null =
 *     none
 */
public record LiveSet(
    String revision, String mergeCommit, Instant since, List<ServiceDeployment> deployments) {
  public LiveSet {
    deployments = deployments == null ? List.of() : List.copyOf(deployments);
  }

  /** Whether this deployment of the service is part of the set, of whatever commit it is. */
  public boolean has(String service, ServiceDeployment active) {
    return deployments.stream()
        .anyMatch(one -> one.service().equals(service) && one.id().equals(active.id()));
  }
}
