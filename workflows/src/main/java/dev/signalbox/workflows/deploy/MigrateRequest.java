package dev.signalbox.workflows.deploy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.migration.MigrationOrder;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.railway.EnvironmentState;

/**
 * A migration without a deploy: by hand, started by the ledger with its lease; or the part of a
 * promotion that runs when its code has soaked, approved there.
 *
 * @param revision the commit whose revisions run
 * @param promotionId the promotion whose step it is; null = by hand
 * @param promotionRunId first run id of that; null = by hand
 * @param pipeline as it was approved; null = it is read
 * @param before the environment as it was read last; null = it is read
 * @param order what was approved; null = it is planned, judged and approved here
 * @param recorded what the ledger has on record
 * @param digest what was approved; null = by hand
 * @param lease number of the lease that it runs under
 */
public record MigrateRequest(
    String project,
    String environment,
    String revision,
    String promotionId,
    String promotionRunId,
    @JsonInclude(JsonInclude.Include.NON_NULL) Pipeline pipeline,
    @JsonInclude(JsonInclude.Include.NON_NULL) EnvironmentState before,
    @JsonInclude(JsonInclude.Include.NON_NULL) MigrationOrder order,
    LedgerRecord recorded,
    String digest,
    String requester,
    String reason,
    long lease) {

  /** One by hand. */
  public static MigrateRequest alone(
      String project,
      String environment,
      String revision,
      LedgerRecord recorded,
      String requester,
      String reason,
      long lease) {
    return new MigrateRequest(
        project,
        environment,
        revision,
        null,
        null,
        null,
        null,
        null,
        recorded,
        null,
        requester,
        reason,
        lease);
  }

  /** Whether the code of this commit is what runs: then nothing of it is kept for later. */
  boolean ofWhatRuns() {
    return recorded.running() != null && revision.equals(recorded.running().revision());
  }
}
