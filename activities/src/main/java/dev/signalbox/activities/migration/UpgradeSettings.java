package dev.signalbox.activities.migration;

import java.time.Duration;
import java.util.List;

/**
 * What is run, and what holds for its connections.
 *
 * @param run whose connections they are
 * @param revisions in order
 * @param lockTimeout how long a statement may wait for a lock
 * @param statementTimeout how long one may take
 * @param lockHolder server process whose advisory lock each revision looks for, in the database to
 *     which env.py connects
 * @param observed whether each revision says what it locks and writes, at the cost of its speed
 * @param downTo they are taken back, the newest first, until this one is what the database names;
 *     null = they are run
 */
record UpgradeSettings(
    RunMark run,
    List<String> revisions,
    Duration lockTimeout,
    Duration statementTimeout,
    int lockHolder,
    boolean observed,
    String downTo) {
  /** How soon the server notices that a killed process is gone. */
  static final Duration CHECKS = Duration.ofSeconds(1);

  UpgradeSettings {
    revisions = List.copyOf(revisions);
  }

  AlembicRunner.Order order(MigrationSource source, DatabaseAddress database) {
    return new AlembicRunner.Order(
        source.directory().toString(),
        database.variable(),
        run.application(),
        lockTimeout.toMillis(),
        statementTimeout.toMillis(),
        CHECKS.toMillis(),
        revisions,
        new AlembicRunner.Order.Lock(lockHolder, MigratorLock.high(), MigratorLock.low()),
        observed,
        downTo,
        false);
  }
}
