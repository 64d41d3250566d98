package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.time.Instant;
import java.util.List;

/**
 * What runs in an environment, as the ledger recorded it.
 *
 * @param mergeCommit the merge commit that stands for the revision on the target branch; null =
 *     none
 * @param apart services that were left on another commit when one was deployed alone; empty = the
 *     set is of one commit
 */
public record LiveSet(
    String revision,
    String mergeCommit,
    Instant since,
    List<ServiceDeployment> deployments,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> apart) {
  public LiveSet {
    deployments = deployments == null ? List.of() : List.copyOf(deployments);
    apart = apart == null ? List.of() : List.copyOf(apart);
  }

  /** One of one commit. */
  public LiveSet(
      String revision, String mergeCommit, Instant since, List<ServiceDeployment> deployments) {
    this(revision, mergeCommit, since, deployments, List.of());
  }

  /** Whether the set is of one commit, as far as anybody wanted it. */
  public boolean whole() {
    return apart.isEmpty();
  }

  /** Whether this deployment of the service is part of the set, of whatever commit it is. */
  public boolean has(String service, ServiceDeployment active) {
    return deployments.stream()
        .anyMatch(one -> one.service().equals(service) && one.id().equals(active.id()));
  }
}
