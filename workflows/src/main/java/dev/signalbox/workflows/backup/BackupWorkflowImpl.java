package dev.signalbox.workflows.backup;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Answer;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.Cancels;
import dev.signalbox.workflows.approval.Proofs;
import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.BackupActivities.PruneOrder;
import dev.signalbox.workflows.backup.BackupActivities.VerifyOrder;
import dev.signalbox.workflows.backup.RestoreActivities.DropOrder;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.environment.DecisionLine;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerActivities.RecordQuery;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.BackupMethod;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The policy says which database, and how long its backups are kept. */
public final class BackupWorkflowImpl implements BackupWorkflow {
  private static final int ATTEMPTS = 8;

  /** A person waits for the list. */
  private static final Duration LIST_WITHIN = Duration.ofSeconds(7);

  /** A database that is away must not keep the list of its backups. */
  private static final Duration KEPT_WITHIN = Duration.ofSeconds(5);

  private final DecisionLine decisions;
  private final Cancels cancels;

  @WorkflowInit
  public BackupWorkflowImpl(BackupRequest request) {
    this.decisions = new DecisionLine(request.project(), request.environment());
    this.cancels = new Cancels(new Proofs(request.project(), null), decisions::tell);
  }

  @Override
  public BackupReport run(BackupRequest request) {
    try {
      return carriedOut(request);
    } finally {
      // A cancelled one too: who cancelled it is in the ledger before it ends.
      Workflow.newDetachedCancellationScope(
              () -> Workflow.await(() -> Workflow.isEveryHandlerFinished() && decisions.quiet()))
          .run();
    }
  }

  @Override
  public void resolve(AnswerMessage message) {
    cancels.take(Answer.of(message));
  }

  private static BackupReport carriedOut(BackupRequest request) {
    Pipeline pipeline =
        Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
            .read(new PolicyQuery(request.project(), request.environment()));
    if (pipeline.migrations() == null) {
      throw refused(
          "signalbox.toml names no database; next: say in [migrations] whose variables hold its"
              + " address");
    }
    if (pipeline.migrations().backup() == BackupMethod.RAILWAY_VOLUME) {
      return ofVolume(request, pipeline);
    }
    DatabaseReference database = DatabaseReference.of(pipeline);
    return switch (request.deed()) {
      case TAKE -> take(database, pipeline.migrations(), false);
      case TAKE_IF_QUIET -> take(database, pipeline.migrations(), true);
      case LIST -> listed(database);
      case DROP_KEPT -> dropped(database, request.id());
      case VERIFY -> verify(database, request.id());
    };
  }

  private static BackupReport ofVolume(BackupRequest request, Pipeline pipeline) {
    VolumeBackups volume = new VolumeBackups(pipeline);
    return switch (request.deed()) {
      case TAKE, TAKE_IF_QUIET -> takeOfVolume(volume, DatabaseReference.of(pipeline));
      case LIST -> BackupReport.of(volume.list(LIST_WITHIN));
      case DROP_KEPT -> dropped(DatabaseReference.of(pipeline), request.id());
      case VERIFY ->
          throw refused(
              "Railway's backup of a volume can only be put back in its place, so nobody can prove"
                  + " it beside; next: set backup = \"pg_dump\" for one that is proved");
    };
  }

  private static BackupReport takeOfVolume(VolumeBackups volume, DatabaseReference database) {
    VolumeBackups.Taken taken = volume.take(BackupId.ofThisRun(database.environment()));
    if (taken.refused() != null) {
      throw refused(taken.refused());
    }
    if (taken.unknown() != null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "nobody can say whether the volume was backed up: "
              + taken.unknown()
              + "; next: look at `signalbox backup list "
              + database.environment()
              + "` after a while, and begin again where it is not there",
          FailureType.UNKNOWN_OUTCOME.wireName());
    }
    return cleared(taken.receipt(), () -> volume.prune(inUse(database)));
  }

  private static BackupReport cleared(Receipt receipt, Supplier<List<String>> clearing) {
    try {
      return new BackupReport(List.of(receipt), clearing.get(), null);
    } catch (ActivityFailure failed) {
      return new BackupReport(
          List.of(receipt),
          null,
          List.of("old backups were not cleared away: " + Reads.reason(failed)));
    }
  }

  private static BackupReport take(
      DatabaseReference database, MigrationPolicy policy, boolean ifQuiet) {
    if (policy.backup() == BackupMethod.NONE) {
      throw refused("there are no backups by policy: " + policy.withoutBackup());
    }
    Receipt receipt =
        working(database, "back up the database")
            .take(
                new BackupOrder(
                    database, policy, null, BackupId.ofThisRun(database.environment()), ifQuiet));
    return cleared(
        receipt,
        () ->
            Workflow.newActivityStub(
                    BackupActivities.class,
                    ActivityProfiles.heartbeating(
                        ActivityProfiles.optional(queue(database), "clear old backups away")))
                .prune(new PruneOrder(database, policy, inUse(database)))
                .ids());
  }

  /** Of the release that is live: where a restore would lead back to. */
  private static Set<String> inUse(DatabaseReference database) {
    LiveSet live =
        Workflow.newActivityStub(
                LedgerActivities.class,
                ActivityProfiles.optional(
                    new TaskQueues(database.project()).workflows(), "which backup is in use?"))
            .record(new RecordQuery(database.project(), database.environment(), null))
            .live();
    return live == null || live.backup() == null ? Set.of() : Set.of(live.backup());
  }

  /** What restores have kept is said too, where the database can be asked. */
  private static BackupReport listed(DatabaseReference database) {
    List<Receipt> receipts = list(database);
    try {
      return new BackupReport(
          receipts,
          null,
          Workflow.newActivityStub(
                  RestoreActivities.class,
                  ActivityProfiles.heartbeating(
                      ActivityProfiles.quick(
                          queue(database), "what have restores kept?", KEPT_WITHIN)))
              .kept(database)
              .databases(),
          null);
    } catch (ActivityFailure failed) {
      return new BackupReport(
          receipts, null, List.of("what restores have kept is not known: " + Reads.reason(failed)));
    }
  }

  private static BackupReport dropped(DatabaseReference database, String name) {
    Workflow.newActivityStub(
            RestoreActivities.class,
            ActivityProfiles.working(queue(database), "drop " + name, ATTEMPTS))
        .dropKept(new DropOrder(database, name));
    return new BackupReport(null, List.of(name), null);
  }

  private static BackupReport verify(DatabaseReference database, String wanted) {
    String id = wanted == null ? newest(database) : wanted;
    return BackupReport.of(
        List.of(
            working(database, "verify the backup " + id).verify(new VerifyOrder(database, id))));
  }

  private static String newest(DatabaseReference database) {
    return list(database).stream()
        .map(Receipt::id)
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    "there is no backup of "
                        + database.environment()
                        + " yet; next: `signalbox backup now "
                        + database.environment()
                        + "`"));
  }

  private static List<Receipt> list(DatabaseReference database) {
    return Workflow.newActivityStub(
            BackupActivities.class,
            ActivityProfiles.heartbeating(
                ActivityProfiles.quick(queue(database), "list the backups", LIST_WITHIN)))
        .list(database)
        .receipts();
  }

  private static BackupActivities working(DatabaseReference database, String summary) {
    return Workflow.newActivityStub(
        BackupActivities.class, ActivityProfiles.working(queue(database), summary, ATTEMPTS));
  }

  private static String queue(DatabaseReference database) {
    return new TaskQueues(database.project()).migration();
  }

  private static ApplicationFailure refused(String message) {
    return ApplicationFailure.newNonRetryableFailure(message, FailureType.REJECTED.wireName());
  }
}
