package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.backup.Receipt;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal.Rehearsed;
import dev.signalbox.workflows.migration.MigrationActivities.RehearsalOrder;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd.FailedRevision;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/** Runs the revisions on a restored copy first, where the policy says so. */
final class RehearsalStep {
  private static final String STEP = "rehearse";
  private static final int ATTEMPTS = 8;

  private final Pipeline pipeline;
  private final String revision;
  private final String run;
  private final Timeline timeline;

  RehearsalStep(Pipeline pipeline, String revision, String run, Timeline timeline) {
    this.pipeline = pipeline;
    this.revision = revision;
    this.run = run;
    this.timeline = timeline;
  }

  /**
   * Rehearses, or says why not.
   *
   * @param receipt of the backup that is restored; null = there is none
   * @throws Stopped a revision fails on the copy, or keeps readers out for too long
   */
  void carryOut(MigrationOrder order, Receipt receipt) throws Stopped {
    if (receipt == null || !SchemaChange.rehearsed(pipeline.migrations(), order.revisions())) {
      timeline.skipped(
          STEP,
          null,
          receipt == null
              ? "there is no backup to restore"
              : receipt.ofVolume()
                  ? "Railway's backup of a volume cannot be restored beside it"
                  : "not needed by policy");
      return;
    }
    timeline.begin(STEP);
    Rehearsal rehearsal =
        Stopped.unless(
            "the rehearsal failed",
            () ->
                Workflow.newActivityStub(
                        MigrationActivities.class,
                        ActivityProfiles.working(
                            new TaskQueues(pipeline.project().name()).migration(),
                            "rehearse on a copy",
                            ATTEMPTS))
                    .rehearse(
                        new RehearsalOrder(
                            DatabaseReference.of(pipeline),
                            MigrationSourceReference.of(pipeline, revision),
                            run,
                            receipt.id(),
                            order.revisions().stream().map(PendingRevision::revision).toList(),
                            order.downTo())));
    requireGood(rehearsal);
    timeline.done(STEP, words(rehearsal));
  }

  private void requireGood(Rehearsal rehearsal) throws Stopped {
    FailedRevision failed = rehearsal.failed();
    if (failed != null) {
      throw new Stopped("on the restored copy " + UpgradeWords.failed(failed));
    }
    Optional<Rehearsed> tooLong =
        longest(rehearsal)
            .filter(one -> one.exclusive().compareTo(pipeline.migrations().lockBudget()) > 0);
    if (tooLong.isPresent()) {
      throw new Stopped(
          "on the restored copy "
              + tooLong.get().revision()
              + " keeps every reader of "
              + tooLong.get().table()
              + " out for "
              + DurationText.of(tooLong.get().exclusive())
              + ", more than lock_budget = \""
              + DurationText.of(pipeline.migrations().lockBudget())
              + "\"");
    }
  }

  private static Optional<Rehearsed> longest(Rehearsal rehearsal) {
    return rehearsal.revisions().stream()
        .filter(one -> one.exclusive() != null)
        .max(Comparator.comparing(Rehearsed::exclusive));
  }

  private static boolean measured(Rehearsal rehearsal) {
    return rehearsal.revisions().stream().anyMatch(one -> one.exclusive() != null);
  }

  private static String words(Rehearsal rehearsal) {
    Duration took =
        rehearsal.revisions().stream().map(Rehearsed::took).reduce(Duration.ZERO, Duration::plus);
    String ran =
        rehearsal.revisions().size()
            + (rehearsal.revisions().size() == 1 ? " revision" : " revisions")
            + " on a restored copy in "
            + DurationText.of(took);
    if (!measured(rehearsal)) {
      return ran + "; what it locks and writes was not measured";
    }
    long rows = rehearsal.revisions().stream().mapToLong(Rehearsed::rowsWritten).sum();
    return ran
        + longest(rehearsal)
            .filter(one -> one.table() != null)
            .map(
                one ->
                    "; longest lock-out "
                        + DurationText.of(one.exclusive())
                        + " (readers of "
                        + one.table()
                        + ")")
            .orElse("; no reader is locked out")
        + "; "
        + rows
        + (rows == 1 ? " row written" : " rows written");
  }
}
