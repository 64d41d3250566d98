package dev.signalbox.workflows.backup;

import dev.signalbox.workflows.backup.BackupRound.Outcome;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import dev.signalbox.workflows.notify.NotifyActivities.Topic;
import java.util.List;

/** What people are told of scheduled backups: that they fail, and that they do no more. Pure. */
final class BackupNotice {
  private BackupNotice() {}

  static Notice of(ScheduledBackup order, String repository, BackupRound round) {
    boolean over = round.outcome() == Outcome.TAKEN;
    String id = ScheduledBackupWorkflow.id(order.project(), order.environment());
    return new Notice(
        order.project(),
        repository,
        0,
        over ? Event.BACKUP_TAKEN : Event.BACKUP_FAILED,
        id + "/" + round.due(),
        List.of(),
        over ? taken(order, round) : failed(order, round),
        new Topic(id, "Scheduled backups of " + order.environment() + " fail", over));
  }

  private static String failed(ScheduledBackup order, BackupRound round) {
    return "The backup of **"
        + order.environment()
        + "** that was due at "
        + round.due()
        + " was not taken: "
        + PostedText.words(round.detail())
        + "\n\n"
        + (round.good() == null
            ? "None was taken by the clock so far."
            : "The newest good one that the clock took is `"
                + round.good()
                + "`, due at "
                + round.goodAt()
                + ".")
        + " `signalbox backup list "
        + order.environment()
        + "` shows all; `signalbox backup now "
        + order.environment()
        + "` tries again. The same cause is not told again.";
  }

  private static String taken(ScheduledBackup order, BackupRound round) {
    return "The backup of **"
        + order.environment()
        + "** that was due at "
        + round.due()
        + " was taken: `"
        + round.good()
        + "`.";
  }
}
