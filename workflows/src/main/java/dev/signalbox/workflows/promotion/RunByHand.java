package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.Delay;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.DeployStatus;
import dev.signalbox.workflows.environment.LedgerRecord;
import io.temporal.workflow.Workflow;
import java.util.Map;

/**
 * What a migration and a restore by hand have beside their runbooks: they wait for people without
 * holding anything, take the lease then, and tell the ledger how they ended.
 */
abstract class RunByHand extends LeasedRun {
  private static final String LEASE = "lease";

  private String stage;
  private DeployResult result;

  /**
   * @param stage in which it begins
   */
  RunByHand(String project, String environment, String stage) {
    super(project, environment);
    this.stage = stage;
  }

  /** The commit that it is about; null = none is on record. */
  abstract String revision();

  /** What people are asked to approve; null until that is known. */
  abstract String digest();

  /** Noted where the engine alone can tell it, with no worker. */
  final void enter(String next, String digest) {
    stage = next;
    Workflow.upsertMemo(Map.of("stage", next, "digest", digest));
  }

  /** Waits for it, for as long as it takes. */
  final void takeLease() {
    enter(LEASE, digest());
    timeline.waiting(LEASE, "queued at the ledger");
    lease.take(revision(), () -> false);
    timeline.done(LEASE, "number " + lease.number());
  }

  /**
   * Tells the ledger, and gives the lease back with that.
   *
   * @param what it did, in a word
   */
  final DeployResult ended(Ending ending, String requester, String what) {
    Workflow.newDetachedCancellationScope(
            () -> {
              result = result(ending);
              ledger.ended(lease.number(), requester, what, null, result, asks.decisions());
              Workflow.await(Workflow::isEveryHandlerFinished);
            })
        .run();
    return result;
  }

  private DeployResult result(Ending ending) {
    timeline.failOpen(ending.detail());
    DeployResult changed = ending.deploy();
    return changed == null
        ? DeployResult.alone(
            revision(), ending.result(), ending.detail(), null, null, ending.mixed(), timeline)
        : changed.with(timeline);
  }

  /** It waits for no freeze and no lock: it is refused while there is one. */
  @Override
  public void ordered(LedgerRecord recorded) {}

  /** Its steps show it, and nobody was promised word of it. */
  @Override
  public void delayed(Delay delay) {}

  @Override
  public PromotionStatus status() {
    return DeployStatus.of(
        Workflow.getInfo().getWorkflowId(), revision(), digest(), stage, asks, timeline, result);
  }
}
