package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.migration.MigrationOrder;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.railway.EnvironmentState;

/**
 * A migration without a deploy, planned, judged and approved by the run that it belongs to: one by
 * hand, or the part of a promotion that runs when its code has soaked.
 *
 * @param revision the commit whose revisions run
 * @param promotionId the run whose step it is
 * @param promotionRunId first run id of that
 * @param pipeline as it was approved
 * @param before the environment as it was read last
 * @param order what was approved
 * @param recorded what the ledger has on record
 * @param digest what was approved
 * @param lease number of the lease that it runs under
 */
public record MigrateRequest(
    String project,
    String environment,
    String revision,
    String promotionId,
    String promotionRunId,
    Pipeline pipeline,
    EnvironmentState before,
    MigrationOrder order,
    LedgerRecord recorded,
    String digest,
    String requester,
    String reason,
    long lease) {

  /** Whether the code of this commit is what runs: then nothing of it is kept for later. */
  boolean ofWhatRuns() {
    return recorded.running() != null && revision.equals(recorded.running().revision());
  }
}
