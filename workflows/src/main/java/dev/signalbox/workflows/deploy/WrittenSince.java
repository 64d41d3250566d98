package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.backup.BackupActivities;
import dev.signalbox.workflows.backup.BackupActivities.SinceQuery;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.policy.Pipeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;

/** What going back to a backup would cost by now, or why nobody can say. */
final class WrittenSince {
  private final Pipeline pipeline;

  WrittenSince(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * Asks the database: a sentence without its end.
   *
   * @param backup id of its receipt
   */
  String words(String backup) {
    if (!pipeline.migrations().backup().restorable()) {
      return unknown("a backup of a volume does not say what it holds");
    }
    try {
      return Workflow.newActivityStub(
              BackupActivities.class,
              ActivityProfiles.optional(
                  new TaskQueues(pipeline.project().name()).migration(), "how much was written?"))
          .since(new SinceQuery(DatabaseReference.of(pipeline), backup))
          .words();
    } catch (ActivityFailure failure) {
      return unknown(Reads.reason(failure));
    }
  }

  private static String unknown(String why) {
    return "every row written since is lost, how many is not known: " + why;
  }
}
