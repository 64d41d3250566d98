package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.SizeText;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.backup.BackupActivities;
import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.BackupActivities.ExpectedSchema;
import dev.signalbox.workflows.backup.BackupId;
import dev.signalbox.workflows.backup.Receipt;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.BackupMethod;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;
import java.util.List;

/**
 * Saves the database and proves it: without a receipt of its own no run touches what could be lost.
 */
final class BackupStep {
  static final String STEP = "backup";

  private static final int ATTEMPTS = 8;

  private final Pipeline pipeline;
  private final Timeline timeline;

  BackupStep(Pipeline pipeline, Timeline timeline) {
    this.pipeline = pipeline;
    this.timeline = timeline;
  }

  /**
   * Takes the backup; null = the policy wants none.
   *
   * @throws Stopped there is none that could be relied on
   */
  Receipt take(MigrationOrder order) throws Stopped {
    MigrationPolicy policy = pipeline.migrations();
    if (policy.backup() == BackupMethod.NONE) {
      timeline.skipped(STEP, null, "none, by policy: " + policy.withoutBackup());
      return null;
    }
    timeline.begin(STEP);
    Receipt receipt =
        Stopped.unless(
            "the backup failed",
            () ->
                Workflow.newActivityStub(
                        BackupActivities.class,
                        ActivityProfiles.working(
                            new TaskQueues(pipeline.project().name()).migration(),
                            "back up the database",
                            ATTEMPTS))
                    .take(
                        new BackupOrder(
                            DatabaseReference.of(pipeline),
                            policy,
                            new ExpectedSchema(order.from()),
                            id())));
    requireGood(receipt, order.from());
    timeline.done(STEP, words(receipt));
    return receipt;
  }

  private static void requireGood(Receipt receipt, List<String> from) throws Stopped {
    if (!receipt.good()) {
      throw new Stopped("backup " + receipt.id() + " was not proved, so nothing may rely on it");
    }
    if (!receipt.schema().equals(from)) {
      throw new Stopped(
          "backup "
              + receipt.id()
              + " was taken at "
              + SchemaPath.names(receipt.schema())
              + ", and this was planned at "
              + SchemaPath.names(from));
    }
  }

  private static String words(Receipt receipt) {
    Receipt.Verified verified = receipt.verified();
    return receipt.id()
        + ": "
        + SizeText.of(receipt.bytes())
        + " in "
        + DurationText.of(receipt.took())
        + ", restored and compared in "
        + DurationText.of(verified.took())
        + " ("
        + verified.objects()
        + " objects, "
        + verified.rows()
        + " rows)";
  }

  private String id() {
    return BackupId.ofThisRun(pipeline.environment().name());
  }
}
