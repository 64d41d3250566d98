package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.backup.Receipt;
import dev.signalbox.workflows.migration.MigrationActivities.SchemaStanding;
import dev.signalbox.workflows.migration.Upgrade.Outcome;
import dev.signalbox.workflows.policy.MigrationPolicy.BackupMethod;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Changes the schema as it was approved: backup with its receipt, everything read again, rehearsal,
 * and then the revisions. Whatever it comes to is said; it is never called done while anybody could
 * doubt it.
 */
public final class MigrationStep {
  private final Pipeline pipeline;
  private final String revision;
  private final Timeline timeline;
  private final Questions questions;
  private final BooleanSupplier calledOff;

  /**
   * @param revision the commit whose revisions run
   * @param calledOff whether nothing more may begin
   */
  public MigrationStep(
      Pipeline pipeline,
      String revision,
      Timeline timeline,
      Questions questions,
      BooleanSupplier calledOff) {
    this.pipeline = pipeline;
    this.revision = revision;
    this.timeline = timeline;
    this.questions = questions;
    this.calledOff = calledOff;
  }

  /**
   * How it ended.
   *
   * @param good whether the database stands where it was to be brought
   * @param detail one sentence
   * @param record what was done to the schema; null = nothing
   * @param evidence last lines of what the revision that failed has written
   */
  public record End(boolean good, String detail, SchemaRecord record, List<String> evidence) {}

  /** Carries the order out to a known end. A cancel ends what only reads or copies. */
  public End carryOut(MigrationOrder order) {
    String run = Workflow.getInfo().getFirstExecutionRunId();
    Receipt receipt;
    SchemaStanding before;
    try {
      receipt = new BackupStep(pipeline, timeline, questions).take(order);
      before = new SecondLook(pipeline, revision, run, timeline).take(order);
      new RehearsalStep(pipeline, revision, run, timeline).carryOut(order, receipt);
      requireReceipt(order, receipt);
    } catch (Stopped why) {
      timeline.failOpen(why.getMessage());
      return new End(false, "stopped before the migration: " + why.getMessage(), null, List.of());
    }
    Upgrade.End[] end = new Upgrade.End[1];
    Upgrade upgrade =
        new Upgrade(
            order,
            new UpgradeCall(pipeline, revision, run, before.invalidIndexes()),
            timeline,
            questions,
            pipeline.environment().limits().deploy(),
            calledOff);
    Workflow.newDetachedCancellationScope(() -> end[0] = upgrade.carryOut()).run();
    return ended(order, receipt, end[0]);
  }

  private End ended(MigrationOrder order, Receipt receipt, Upgrade.End end) {
    boolean good = end.outcome() == Outcome.DONE;
    if (good) {
      timeline.done(Upgrade.STEP, end.detail());
    } else {
      timeline.failed(Upgrade.STEP, null, end.detail());
    }
    return new End(
        good,
        good ? end.detail() : "the migration did not come to its end: " + end.detail(),
        end.outcome() == Outcome.NOT_DONE ? null : record(order, receipt, end),
        end.log());
  }

  private static SchemaRecord record(MigrationOrder order, Receipt receipt, Upgrade.End end) {
    List<PendingRevision> ran = order.revisions().subList(0, end.ran());
    if (order.down()) {
      return new SchemaRecord(
          order.from(),
          end.at(),
          end.at() == null,
          List.of(),
          null,
          receipt == null ? null : receipt.id(),
          null,
          ran.stream().map(PendingRevision::revision).toList());
    }
    return new SchemaRecord(
        order.from(),
        end.at(),
        end.at() == null,
        ran.stream().map(PendingRevision::revision).toList(),
        ran.stream()
            .filter(PendingRevision::breaksFormerCode)
            .map(PendingRevision::revision)
            .findFirst()
            .orElse(null),
        receipt == null ? null : receipt.id());
  }

  /** The last word before anything changes: what could be lost has been saved by this very run. */
  private void requireReceipt(MigrationOrder order, Receipt receipt) throws Stopped {
    boolean needed =
        order.down() || order.revisions().stream().anyMatch(PendingRevision::needsReceipt);
    if (!needed || pipeline.migrations().backup() == BackupMethod.NONE) {
      return;
    }
    if (receipt == null) {
      throw new Stopped("there is no receipt of a backup of this run");
    }
    if (!receipt.good() && !pipeline.migrations().runsUnproved()) {
      throw new Stopped(
          "the backup "
              + receipt.id()
              + " was not proved by restoring it, and what runs needs that");
    }
  }
}
