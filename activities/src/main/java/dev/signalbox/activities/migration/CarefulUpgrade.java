package dev.signalbox.activities.migration;

import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.workflows.migration.MigrationActivities.SchemaStanding.Backend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * An upgrade that nothing happens twice in: under the lock of its database, after every former one,
 * from where the database was planned to stand; and when it ended, nothing of it is left running.
 */
final class CarefulUpgrade {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration LAST_MOMENT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(200);

  /** PostgreSQL's code for a lock that did not come in time. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

  private final MigrationTool tool;
  private final Pace pace;
  private final Signs signs;

  /** How it says that it is alive. What a method throws ends it. */
  interface Signs {
    /** Nothing has been sent yet. */
    void waiting(String words);

    /** From now on something may happen: does not return unless that was recorded. */
    void sending();

    /** It is under way. */
    void underWay(String words);
  }

  /** Nothing was sent: the database is not where the plan left it. */
  static final class Moved extends RuntimeException {
    private static final long serialVersionUID = 1;

    Moved(String message) {
      super(message);
    }
  }

  CarefulUpgrade(MigrationTool tool, Pace pace, Signs signs) {
    this.tool = tool;
    this.pace = pace;
    this.signs = signs;
  }

  /**
   * @param from what the database must name, sorted
   * @param downTo the revisions are taken back to this one; null = they are run
   * @throws MigratorLock.Taken nothing was sent, and waiting may help
   * @throws Moved nothing was sent, and waiting does not help
   * @throws MigrationException before {@link Signs#sending} nothing was sent
   */
  Upgraded run(
      MigrationSource source,
      DatabaseAddress database,
      RunMark run,
      List<String> from,
      List<String> revisions,
      String downTo,
      Duration lockTimeout,
      Duration statementTimeout) {
    Waiting queue = new Waiting(pace, () -> signs.waiting("for the lock of " + database.place()));
    try (MigratorLock lock = MigratorLock.take(database, run, pace, queue, LONGEST_WAIT)) {
      UpgradeSettings settings =
          new UpgradeSettings(
              run, revisions, lockTimeout, statementTimeout, lock.pid(), false, downTo);
      Watch watch = new Watch(lock, run, from, database);
      Duration pause = FIRST_PAUSE;
      for (int attempt = 1; ; attempt++) {
        Upgraded end = tool.upgrade(source, database, settings, watch);
        List<String> notes = new ArrayList<>(end.notes());
        notes.addAll(cleared(lock.backends(), run));
        if (!maybeAgain(end, from, watch) || attempt == ATTEMPTS) {
          return known(end, source, database, settings, notes, watch);
        }
        String words = "a lock was not to be had; attempt " + attempt + " of " + ATTEMPTS;
        new Waiting(pace, () -> signs.underWay(words)).until(pace.now().plus(pause));
        pause = pause.multipliedBy(2);
      }
    }
  }

  /** Only where it is as if nothing had been tried. */
  private static boolean maybeAgain(Upgraded end, List<String> from, Watch watch) {
    return end.failure() != null
        && LOCK_NOT_AVAILABLE.equals(end.failure().sqlState())
        && !end.failure().committed()
        && end.ran().isEmpty()
        && from.equals(end.at())
        && watch.invalidIndexes.equals(end.invalidIndexes());
  }

  /** What the process did not say any more the database may. */
  private Upgraded known(
      Upgraded end,
      MigrationSource source,
      DatabaseAddress database,
      UpgradeSettings settings,
      List<String> notes,
      Watch watch) {
    Upgraded known = end;
    if (end.at() == null && !Thread.currentThread().isInterrupted()) {
      known =
          end.seen(
              new Waiting(pace, () -> sign("asking where the database stands"))
                  .answer(() -> tool.standing(source, database)),
              settings.revisions(),
              settings.downTo());
    }
    known.invalidIndexes().stream()
        .map(
            index ->
                "index "
                    + index
                    + " is invalid"
                    + (watch.invalidIndexes.contains(index)
                        ? ", and was so before"
                        : ": a CREATE INDEX CONCURRENTLY did not end. Drop it and make it again; a"
                            + " retry with IF NOT EXISTS passes over it"))
        .forEach(notes::add);
    return new Upgraded(
        known.ran(), known.failure(), known.at(), known.invalidIndexes(), notes, known.took());
  }

  /** Nothing of it is left at the server: waited for, then ended; what stays is said. */
  private List<String> cleared(MarkedBackends backends, RunMark run) {
    List<Backend> left = awaitNone(backends, run);
    if (!left.isEmpty()) {
      backends.terminate(run);
      left = awaitNone(backends, run);
    }
    return left.stream()
        .map(backend -> "still at work for this run: " + MarkedBackends.words(backend))
        .toList();
  }

  private List<Backend> awaitNone(MarkedBackends backends, RunMark run) {
    Instant until = pace.now().plus(LAST_MOMENT);
    List<Backend> left = backends.of(run);
    while (!left.isEmpty() && pace.now().isBefore(until)) {
      sign("waiting for the server");
      try {
        pace.pause(POLL);
      } catch (InterruptedException shutdown) {
        Thread.currentThread().interrupt();
        backends.terminate(run);
        CancellationException end = new CancellationException("interrupted: the worker shuts down");
        end.initCause(shutdown);
        throw end;
      }
      left = backends.of(run);
    }
    return left;
  }

  /** At the end of a run that was called off, too: what it says must still be heard. */
  private void sign(String words) {
    try {
      signs.underWay(words);
    } catch (RuntimeException calledOff) {
      // It is being brought to its end.
    }
  }

  private final class Watch implements UpgradeWatch {
    private final MigratorLock lock;
    private final RunMark run;
    private final List<String> from;
    private final DatabaseAddress database;
    private List<String> invalidIndexes = List.of();
    private boolean sent;

    Watch(MigratorLock lock, RunMark run, List<String> from, DatabaseAddress database) {
      this.lock = lock;
      this.run = run;
      this.from = from;
      this.database = database;
    }

    @Override
    public void ready(List<String> at, List<String> invalid) {
      if (!at.equals(from)) {
        throw new Moved(
            "the database "
                + database.place()
                + " stands at "
                + names(at)
                + ", and this was planned from "
                + names(from)
                + "; nothing was run. Plan again");
      }
      invalidIndexes = invalid;
      if (!sent) {
        signs.sending();
        sent = true;
      }
    }

    private static String names(List<String> revisions) {
      return revisions.isEmpty() ? "no revision" : String.join(", ", revisions);
    }

    @Override
    public void beat(String last) {
      if (sent) {
        signs.underWay(last);
      } else {
        signs.waiting("for the project's own Python");
      }
    }

    @Override
    public void stopping() {
      if (sent) {
        lock.backends().cancel(run);
      }
    }
  }
}
