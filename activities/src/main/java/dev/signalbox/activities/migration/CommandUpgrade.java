package dev.signalbox.activities.migration;

import dev.signalbox.activities.migration.MigrationTool.Standing;
import dev.signalbox.activities.migration.Upgraded.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a command that changes the schema as a whole. Only the database says what became of
 * it: nothing that the command prints is taken for an answer.
 */
final class CommandUpgrade implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CommandUpgrade.class);
  private static final Duration LISTEN = Duration.ofMillis(250);

  /** Longer than the guard's own grace, after which it kills all that it started. */
  private static final Duration GRACE = Duration.ofSeconds(8);

  private static final Duration AFTER_TERM = Duration.ofSeconds(2);
  private static final Duration LAST_LINES = Duration.ofSeconds(2);

  private final UpgradeSettings settings;
  private final UpgradeWatch watch;
  private final Standing before;
  private final ProjectLog cleanOut;
  private final ProjectLog cleanErr;
  private final LastLines said = new LastLines();
  private final LastLines complained = new LastLines();
  private final ChildProgram program;
  private final long began = System.nanoTime();

  /**
   * @param before where the database stands; {@code watch} has said yes to it
   */
  CommandUpgrade(
      CommandRunner.Command command,
      HiddenValues hidden,
      UpgradeSettings settings,
      UpgradeWatch watch,
      Standing before) {
    this.settings = settings;
    this.watch = watch;
    this.before = before;
    this.cleanOut = new ProjectLog(hidden);
    this.cleanErr = new ProjectLog(hidden);
    this.program = command.start(line -> hear(cleanErr, line, complained));
  }

  private void hear(ProjectLog clean, String line, LastLines... kept) {
    clean
        .clean(line)
        .ifPresent(
            shown -> {
              said.add(shown);
              List.of(kept).forEach(lines -> lines.add(shown));
              log.info("migration run={} line={}", settings.run().run(), shown);
            });
  }

  /** Follows it to its end; where the database stands then is for another to ask. */
  Upgraded run() {
    try {
      while (!program.ended(program.silent() ? LISTEN : Duration.ZERO)) {
        listen(LISTEN);
        watch.beat(said.last());
      }
      hearOut();
      return end(program.exit() == 0 ? null : failed(program.exit()));
    } catch (RuntimeException called) {
      return stopped(called);
    } catch (InterruptedException shutdown) {
      CancellationException end = new CancellationException("interrupted: the worker shuts down");
      end.initCause(shutdown);
      Upgraded stopped = stopped(end);
      Thread.currentThread().interrupt();
      return stopped;
    }
  }

  private void listen(Duration patience) throws InterruptedException {
    program.answer(patience).ifPresent(line -> hear(cleanOut, line));
  }

  /** A process that it left behind may hold its output open for ever. */
  private void hearOut() throws InterruptedException {
    long end = System.nanoTime() + LAST_LINES.toNanos();
    while (!program.silent() && System.nanoTime() < end) {
      listen(LISTEN);
    }
    program.hearOut();
  }

  // Two streams come in any order: what it says of its failure stands in standard error.
  private Failure failed(int exit) {
    String last = complained.last().isEmpty() ? said.last() : complained.last();
    return failure(
        "exit-" + exit,
        "the command ended with exit code "
            + exit
            + (last.isEmpty() ? "" : ", its last words: " + last));
  }

  /** Interrupts it, and ends what the server does for it as far as that is known. */
  private Upgraded stopped(RuntimeException called) {
    log.info("migration stopped run={} cause={}", settings.run().run(), called.toString());
    program.hangUp();
    try {
      watch.stopping();
      long end = System.nanoTime() + GRACE.toNanos();
      while (!program.ended(program.silent() ? LISTEN : Duration.ZERO) && System.nanoTime() < end) {
        listen(LISTEN);
        sign();
      }
      program.terminate();
      program.ended(AFTER_TERM);
    } catch (InterruptedException shutdown) {
      Thread.currentThread().interrupt();
    }
    return end(failure(Upgraded.STOPPED, "it was stopped"));
  }

  private void sign() {
    try {
      watch.beat("stopping");
    } catch (RuntimeException calledOff) {
      // That is why it stops.
    }
  }

  private Failure failure(String kind, String error) {
    return new Failure(settings.revisions().get(0), kind, null, null, error, true, said.lines());
  }

  private Upgraded end(Failure failure) {
    return new Upgraded(
        List.of(),
        failure,
        null,
        before.invalidIndexes(),
        List.of(),
        Duration.ofNanos(System.nanoTime() - began));
  }

  @Override
  public void close() {
    program.close();
  }
}
