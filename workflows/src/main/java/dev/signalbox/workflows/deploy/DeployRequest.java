package dev.signalbox.workflows.deploy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.github.GitHubActivities.MergeOrder;
import dev.signalbox.workflows.migration.MigrationOrder;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.railway.EnvironmentState;
import java.util.List;

/**
 * What a promotion hands to its deploy: everything that it must not have to read again.
 *
 * @param promotionId the promotion that this deploy belongs to
 * @param mergeCommit what stands for the revision on the target branch; null = none
 * @param live the ledger's record of what ran before; null = no record
 * @param mixed whether what runs is no set any more: {@code live} is the last good one then
 * @param before the environment as it was read under the lease: the last good set and the baseline
 * @param lease number of the lease that it runs under
 * @param merge what is merged first, because Railway deploys what is pushed; null = nothing, and
 *     each service is deployed by its commit
 * @param skipped services that are left as they are: what they run counts as the revision
 * @param service the one that is deployed alone; null = all are
 * @param pushed what the target branch has already and Railway deploys by itself; null = nothing,
 *     or it has still to be merged
 * @param migration what is done to the database before anything else; null = nothing
 */
public record DeployRequest(
    String promotionId,
    String promotionRunId,
    String revision,
    String mergeCommit,
    String digest,
    String requester,
    LiveSet live,
    boolean mixed,
    Pipeline pipeline,
    EnvironmentState before,
    long lease,
    MergeOrder merge,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> skipped,
    String service,
    String pushed,
    @JsonInclude(JsonInclude.Include.NON_NULL) MigrationOrder migration) {

  public DeployRequest {
    skipped = skipped == null ? List.of() : List.copyOf(skipped);
  }

  /** One that changes nothing about the database. */
  public DeployRequest(
      String promotionId,
      String promotionRunId,
      String revision,
      String mergeCommit,
      String digest,
      String requester,
      LiveSet live,
      boolean mixed,
      Pipeline pipeline,
      EnvironmentState before,
      long lease,
      MergeOrder merge,
      List<String> skipped,
      String service,
      String pushed) {
    this(
        promotionId,
        promotionRunId,
        revision,
        mergeCommit,
        digest,
        requester,
        live,
        mixed,
        pipeline,
        before,
        lease,
        merge,
        skipped,
        service,
        pushed,
        null);
  }

  /** One that merges nothing and leaves nothing out: each service is deployed by its commit. */
  public DeployRequest(
      String promotionId,
      String promotionRunId,
      String revision,
      String mergeCommit,
      String digest,
      String requester,
      LiveSet live,
      boolean mixed,
      Pipeline pipeline,
      EnvironmentState before,
      long lease) {
    this(
        promotionId,
        promotionRunId,
        revision,
        mergeCommit,
        digest,
        requester,
        live,
        mixed,
        pipeline,
        before,
        lease,
        null,
        List.of(),
        null,
        null,
        null);
  }

  /** The same with a migration before it; null = none. */
  public DeployRequest migrating(MigrationOrder order) {
    return new DeployRequest(
        promotionId,
        promotionRunId,
        revision,
        mergeCommit,
        digest,
        requester,
        live,
        mixed,
        pipeline,
        before,
        lease,
        merge,
        skipped,
        service,
        pushed,
        order);
  }
}
