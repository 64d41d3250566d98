package dev.signalbox.activities.health;

import dev.signalbox.activities.health.SmokeProcess.Trace;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.http.ForeignText;
import dev.signalbox.workflows.health.SmokeActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Runs the command in one directory and keeps the end of what it writes. */
public final class SmokeActivitiesImpl implements SmokeActivities {
  private static final long LOOK = 200;
  private static final Duration BEAT = Duration.ofSeconds(2);

  private final Set<String> projects;
  private final Path directory;

  /**
   * @param directory where commands run: that of the worker's signalbox.toml
   */
  public SmokeActivitiesImpl(Set<String> projects, Path directory) {
    this.projects = Set.copyOf(projects);
    this.directory = directory;
  }

  @Override
  public SmokeEnd run(SmokeOrder order) {
    Failures.requireServed(order.project(), projects);
    ActivityExecutionContext context = Activity.getExecutionContext();
    // The worker before may have died beside its command: two of them would disturb each other.
    context.getHeartbeatDetails(Trace.class).ifPresent(SmokeProcess::end);
    try (SmokeProcess process = new SmokeProcess(order.command(), directory)) {
      boolean ended = await(process, order.timeout(), context);
      process.killAll();
      return ended ? judged(process) : timedOut(process, order.timeout());
    } catch (IOException e) {
      return new SmokeEnd(
          Outcome.NOT_STARTED,
          null,
          "could not be started on the worker: "
              + ForeignText.ofLog(String.valueOf(e.getMessage())),
          List.of());
    }
  }

  /** False when its time was up first. Whatever the heartbeat throws ends it. */
  private static boolean await(
      SmokeProcess process, Duration timeout, ActivityExecutionContext context) {
    long start = System.nanoTime();
    long beaten = start - BEAT.toNanos();
    try {
      while (true) {
        if (System.nanoTime() - beaten >= BEAT.toNanos()) {
          beaten = System.nanoTime();
          context.heartbeat(process.trace());
        }
        if (process.endedWithin(LOOK)) {
          return true;
        }
        if (System.nanoTime() - start >= timeout.toNanos()) {
          return false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException end = new CancellationException("interrupted: the worker shuts down");
      end.initCause(e);
      throw end;
    }
  }

  private static SmokeEnd judged(SmokeProcess process) {
    int code = process.exitCode();
    return new SmokeEnd(
        code == 0 ? Outcome.PASSED : Outcome.FAILED, code, "exit code " + code, process.tail());
  }

  private static SmokeEnd timedOut(SmokeProcess process, Duration timeout) {
    return new SmokeEnd(
        Outcome.TIMED_OUT,
        null,
        "did not end within " + timeout.toSeconds() + " s and was killed",
        process.tail());
  }
}
