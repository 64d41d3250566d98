package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.effect.Unanswered;
import dev.signalbox.workflows.migration.MigrationActivities.SchemaStanding;
import dev.signalbox.workflows.migration.MigrationActivities.SchemaStanding.Backend;
import dev.signalbox.workflows.migration.MigrationActivities.StandingQuery;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd.FailedRevision;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeOrder;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Moments;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** One upgrade sent, and the database asked what became of it. */
final class UpgradeCall {
  private static final int ATTEMPTS = 8;

  private final Pipeline pipeline;
  private final String revision;
  private final String run;
  private final Set<String> invalidBefore;

  /**
   * @param run marks the connections
   * @param invalidBefore indexes that were invalid before anything was done
   */
  UpgradeCall(Pipeline pipeline, String revision, String run, List<String> invalidBefore) {
    this.pipeline = pipeline;
    this.revision = revision;
    this.run = run;
    this.invalidBefore = Set.copyOf(invalidBefore);
  }

  /**
   * What one attempt came to, as far as it says itself.
   *
   * @param end null = it did not come back with an answer
   * @param notDone whether it certainly did nothing
   * @param forGood whether repeating does not help
   */
  record Attempt(UpgradeEnd end, boolean notDone, boolean forGood, String detail) {
    /** The revision that PostgreSQL refused; null = none, or it was called off. */
    FailedRevision failed() {
      return end == null
              || end.failed() == null
              || end.failed().kind().equals(MigrationActivities.CANCELLED)
          ? null
          : end.failed();
    }

    /** Whether it says that all of them ran. */
    boolean claimsDone() {
      return end != null && end.failed() == null;
    }
  }

  /**
   * Sends it once.
   *
   * @param from where the database stands
   * @param revisions those of the order that are left
   */
  Attempt once(MigrationOrder order, List<String> from, List<PendingRevision> revisions) {
    UpgradeOrder sent =
        new UpgradeOrder(
            DatabaseReference.of(pipeline),
            MigrationSourceReference.of(pipeline, revision),
            run,
            from,
            revisions.stream().map(PendingRevision::revision).toList(),
            order.downTo(),
            order.identity());
    try {
      UpgradeEnd end =
          Workflow.newActivityStub(
                  MigrationActivities.class,
                  ActivityProfiles.bareWork(
                      queue(),
                      (order.down() ? "take back " : "migrate ") + SchemaChange.count(revisions)))
              .upgrade(sent);
      return new Attempt(
          end, false, false, end.failed() == null ? "it ran" : UpgradeWords.failed(end.failed()));
    } catch (ActivityFailure failure) {
      Unanswered known =
          Unanswered.of(
              failure,
              "it had begun, and its worker did not come back with an answer",
              "the worker ended before it began");
      return new Attempt(null, known.notDone(), known.forGood(), known.detail());
    }
  }

  /**
   * What the database says of itself.
   *
   * @param standing null = it cannot be read
   * @param unread why; null = it was read
   * @param broken indexes that are invalid since this run began
   */
  record Look(SchemaStanding standing, String unread, List<String> broken) {
    boolean known() {
      return standing != null;
    }

    List<String> at() {
      return standing.at();
    }

    List<Backend> working() {
      return standing.working();
    }

    /** Whether nothing works on it any more and nothing is left half done that shows. */
    boolean settled() {
      return known() && working().isEmpty() && broken.isEmpty();
    }

    String words() {
      if (!known()) {
        return "the database cannot be read: " + unread;
      }
      return "the database stands at "
          + SchemaPath.names(at())
          + (working().isEmpty() ? "" : "; still at work: " + UpgradeWords.working(working()))
          + (broken.isEmpty()
              ? ""
              : "; left invalid by a CREATE INDEX CONCURRENTLY: "
                  + String.join(", ", broken)
                  + " (drop it, or REINDEX INDEX CONCURRENTLY)")
          + " (read "
          + Moments.text(standing.readAt())
          + ")";
    }
  }

  /** Asks the database, once nothing of the run works on it any more, or it has waited for long. */
  Look look() {
    try {
      SchemaStanding standing =
          Workflow.newActivityStub(
                  MigrationActivities.class,
                  ActivityProfiles.working(queue(), "where does the database stand?", ATTEMPTS))
              .standing(
                  new StandingQuery(
                      DatabaseReference.of(pipeline),
                      MigrationSourceReference.of(pipeline, revision),
                      run,
                      patience()));
      return new Look(
          standing,
          null,
          standing.invalidIndexes().stream()
              .filter(name -> !invalidBefore.contains(name))
              .toList());
    } catch (ActivityFailure failure) {
      Workflow.getLogger(UpgradeCall.class).warn("database not readable run={}", run);
      return new Look(
          null,
          Reads.reason(failure)
              + " ("
              + Moments.text(Instant.ofEpochMilli(Workflow.currentTimeMillis()))
              + ")",
          List.of());
    }
  }

  /** No statement of a lost attempt outlives its own time-out. */
  private Duration patience() {
    return pipeline.migrations().statementTimeout().plusMinutes(1);
  }

  private String queue() {
    return new TaskQueues(pipeline.project().name()).migration();
  }
}
