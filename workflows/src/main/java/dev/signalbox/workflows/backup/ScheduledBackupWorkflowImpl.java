package dev.signalbox.workflows.backup;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.backup.BackupRequest.Deed;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.LedgerLine;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/**
 * Takes one backup, in a run of its own that outlives this one; then tells people what is new, and
 * the ledger what is so.
 */
public final class ScheduledBackupWorkflowImpl implements ScheduledBackupWorkflow {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MOST_MISSED = 1_000;
  private static final int LONGEST_DETAIL = 300;

  @Override
  public BackupRound run(ScheduledBackup order) {
    BackupRound former = Workflow.getLastCompletionResult(BackupRound.class);
    if (order.paused() != null) {
      return former;
    }
    BackupRound round = round(order, former);
    tell(order, round, former);
    new LedgerLine(order.project(), order.environment())
        .say(ledger -> ledger.backupScheduled(round));
    return round;
  }

  private static BackupRound round(ScheduledBackup order, BackupRound former) {
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    Instant due = order.times().latest(now).orElse(now);
    int missed = missed(order, former, due);
    try {
      return BackupRound.taken(due, take(order), missed);
    } catch (ChildWorkflowFailure failed) {
      ApplicationFailure cause = cause(failed);
      String words =
          cause == null
              ? unanswered(failed)
              : Excerpt.of(cause.getOriginalMessage(), LONGEST_DETAIL);
      return cause != null && FailureType.of(cause.getType()) == FailureType.BUSY
          ? BackupRound.skipped(due, words, former, missed)
          : BackupRound.failed(due, words, former, missed);
    }
  }

  /** Times that passed while the engine was away, or while the round before was under way. */
  private static int missed(ScheduledBackup order, BackupRound former, Instant due) {
    Instant from =
        former == null || former.due().isBefore(order.since()) ? order.since() : former.due();
    return order.times().between(from, due, MOST_MISSED);
  }

  private static String take(ScheduledBackup order) {
    return Workflow.newChildWorkflowStub(
            BackupWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(
                    BackupWorkflow.id(
                        order.project(),
                        order.environment(),
                        "by-the-clock-" + Instant.ofEpochMilli(Workflow.currentTimeMillis())))
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .setWorkflowExecutionTimeout(LONGEST)
                .build())
        .run(new BackupRequest(order.project(), order.environment(), Deed.TAKE_IF_QUIET, null))
        .receipts()
        .get(0)
        .id();
  }

  /** Its run came to an end without a word of its own. */
  private static String unanswered(ChildWorkflowFailure failed) {
    Throwable end = failed.getCause();
    if (end instanceof TerminatedFailure) {
      return "its run was terminated";
    }
    return end instanceof CanceledFailure
        ? "its run was cancelled"
        : "it did not end within " + LONGEST.toDays() + " day";
  }

  private static ApplicationFailure cause(ChildWorkflowFailure failed) {
    ApplicationFailure innermost = null;
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure application) {
        innermost = application;
      }
    }
    return innermost;
  }

  /** Once for each cause, and once when it is over: who reads the same each day reads no more. */
  private static void tell(ScheduledBackup order, BackupRound round, BackupRound former) {
    if (!round.failsAnew(former) && !round.recovers(former)) {
      return;
    }
    try {
      String repository =
          Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
              .read(new PolicyQuery(order.project(), order.environment()))
              .project()
              .github();
      Workflow.newActivityStub(
              NotifyActivities.class,
              ActivityProfiles.optional(
                  new TaskQueues(order.project()).notices(), "tell about the backup"))
          .tell(BackupNotice.of(order, repository, round));
    } catch (ActivityFailure untold) {
      Workflow.getLogger(ScheduledBackupWorkflowImpl.class)
          .error("nobody was told of the scheduled backup: {}", round.detail());
    }
  }
}
