package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.SizeText;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.backup.BackupActivities;
import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.BackupActivities.ExpectedSchema;
import dev.signalbox.workflows.backup.BackupId;
import dev.signalbox.workflows.backup.Receipt;
import dev.signalbox.workflows.backup.VolumeBackups;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.BackupMethod;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Saves the database and proves it: without a receipt of its own no run touches what could be lost.
 */
public final class BackupStep {
  static final String STEP = "backup";

  private static final int ATTEMPTS = 8;
  private static final Duration LOOK_WITHIN = Duration.ofMinutes(2);

  private final Pipeline pipeline;
  private final Timeline timeline;
  private final Questions questions;

  public BackupStep(Pipeline pipeline, Timeline timeline, Questions questions) {
    this.pipeline = pipeline;
    this.timeline = timeline;
    this.questions = questions;
  }

  /**
   * Takes the backup; null = the policy wants none.
   *
   * @throws Stopped there is none that could be relied on
   */
  public Receipt take(MigrationOrder order) throws Stopped {
    MigrationPolicy policy = pipeline.migrations();
    if (policy.backup() == BackupMethod.NONE) {
      timeline.skipped(STEP, null, "none, by policy: " + policy.withoutBackup());
      return null;
    }
    timeline.begin(STEP);
    if (policy.backup() == BackupMethod.RAILWAY_VOLUME) {
      Receipt receipt = ofVolume(new VolumeBackups(pipeline), id());
      timeline.done(STEP, receipt.id() + ": Railway's, of " + receipt.database() + "; not proved");
      return receipt;
    }
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
    requireGood(receipt, order);
    timeline.done(STEP, words(receipt));
    return receipt;
  }

  /** What nobody can say of it, a person says. */
  private Receipt ofVolume(VolumeBackups volume, String name) throws Stopped {
    while (true) {
      VolumeBackups.Taken taken =
          Stopped.unless("the volume was not backed up", () -> volume.take(name));
      if (taken.receipt() != null) {
        return taken.receipt();
      }
      if (taken.refused() != null) {
        throw new Stopped("the volume was not backed up: " + taken.refused());
      }
      Optional<Receipt> found = asked(volume, name, taken.unknown());
      if (found.isPresent()) {
        return found.get();
      }
    }
  }

  /** Empty = it was not taken, and is to be taken once more. */
  private Optional<Receipt> asked(VolumeBackups volume, String name, String why) throws Stopped {
    String read = "Railway lists no backup called " + name;
    while (true) {
      String answer =
          questions.ask(
              STEP,
              "Did Railway back the volume up? " + why,
              read,
              List.of("done", "not-done", "abandon"),
              () -> look(volume, name).map(receipt -> "done"));
      if (answer.equals("abandon")) {
        throw new Stopped("the backup of the volume was abandoned: " + why);
      }
      Optional<Receipt> found = look(volume, name);
      if (found.isPresent() || answer.equals("not-done")) {
        return found;
      }
      read = "answered \"" + answer + "\", but Railway lists no backup called " + name;
    }
  }

  private static Optional<Receipt> look(VolumeBackups volume, String name) {
    try {
      return volume.list(LOOK_WITHIN).stream()
          .filter(receipt -> receipt.id().equals(name))
          .findFirst();
    } catch (ActivityFailure unread) {
      return Optional.empty();
    }
  }

  private static void requireGood(Receipt receipt, MigrationOrder order) throws Stopped {
    List<String> from = order.from();
    if (!receipt.good()) {
      throw new Stopped("backup " + receipt.id() + " was not proved, so nothing may rely on it");
    }
    if (order.identity() != null && !order.identity().place().equals(receipt.database())) {
      throw new Stopped(
          "backup "
              + receipt.id()
              + " was taken of "
              + receipt.database()
              + ", and this was planned for the database "
              + order.identity().place());
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
