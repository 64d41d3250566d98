package dev.signalbox.workflows.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.backup.BackupActivities.SinceQuery;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.policy.Pipeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;

/**
 * What going back to a backup would cost by now, or why nobody can say.
 *
 * @param backup id of its receipt
 * @param rows null = nobody can say
 * @param uncounted why; null = they were counted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WrittenSince(String backup, RowsSince rows, String uncounted) {

  /** Asks the database. */
  public static WrittenSince count(Pipeline pipeline, String backup) {
    if (!pipeline.migrations().backup().restorable()) {
      return new WrittenSince(backup, null, "a backup of a volume does not say what it holds");
    }
    try {
      return new WrittenSince(
          backup,
          Workflow.newActivityStub(
                  BackupActivities.class,
                  ActivityProfiles.optional(
                      new TaskQueues(pipeline.project().name()).migration(),
                      "how much was written?"))
              .since(new SinceQuery(DatabaseReference.of(pipeline), backup)),
          null);
    } catch (ActivityFailure failure) {
      return new WrittenSince(backup, null, Reads.reason(failure));
    }
  }

  /** A sentence without its end. */
  public String words() {
    return rows == null
        ? "every row written since is lost, how many is not known: " + uncounted
        : rows.words();
  }
}
