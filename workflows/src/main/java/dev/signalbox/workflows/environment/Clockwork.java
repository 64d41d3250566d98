package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.backup.BackupRound;
import dev.signalbox.workflows.monitor.MonitorRun;

/** What a ledger knows of that which the clock does in its environment. */
final class Clockwork {
  private BackupRound backups;
  private MonitorRun monitor;

  Clockwork(LedgerState state) {
    backups = state.backups();
    monitor = state.monitor();
  }

  /** How the last scheduled backup ended; null = none are scheduled, or none was due yet. */
  BackupRound backups() {
    return backups;
  }

  /**
   * @param round how the last scheduled backup ended; null = none are scheduled any more
   */
  void backupScheduled(BackupRound round) {
    backups = round;
  }

  /** The run of the monitor that is under way, or was last; null = there was none. */
  MonitorRun monitor() {
    return monitor;
  }

  /**
   * @param run that has begun; null = it is not monitored any more
   */
  void monitored(MonitorRun run) {
    monitor = run;
  }
}
