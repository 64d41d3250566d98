package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.http.ForeignText;
import dev.signalbox.activities.pace.Bell;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.effect.Silence;
import dev.signalbox.workflows.railway.AwaitOrder;
import dev.signalbox.workflows.railway.AwaitOrder.Phase;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.DeploymentEnd;
import dev.signalbox.workflows.railway.DeploymentEnd.Slow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Follows one deployment to its end. The heartbeat holds since when, so a new worker goes on.
 *
 * <p>Reads are at least {@code poll} apart, the first at once. A deployment that is still on its
 * way then is listened to as well: as long as Railway tells that it is, only every sixth read is
 * made, and the news of its end leads to one at once.
 */
final class DeploymentWatch {
  /**
   * A database was seen CRASHED in the middle of its start and SUCCESS moments later. Counted from
   * the first crash that was seen: {@code createdAt} lies before the build, which may last longer
   * than this.
   */
  private static final Duration CRASH_GRACE = Duration.ofSeconds(30);

  /** Railway's reads lag its writes: a deployment just made may not be visible yet. */
  private static final Duration VISIBLE = Duration.ofSeconds(30);

  /** How many times {@code poll} passes between reads while Railway tells what happens. */
  static final int QUIET = 6;

  private static final int LOG_LINES = 5;
  private static final int LONGEST_DETAIL = 1000;

  private final RailwayClient railway;
  private final AwaitOrder order;
  private final Pace pace;
  private final Waiting waiting;
  private final Instant startedAt;
  private final Bell bell = new Bell();
  private final DeploymentFeed feed;
  private int reads;
  private Instant crashedAt;
  private Deployment last;
  private Silence silence;

  /**
   * Heartbeat details.
   *
   * @param crashedAt when CRASHED was first seen; null = not yet
   * @param silence null = the last read was answered
   */
  record Progress(Instant startedAt, String rawStatus, Instant crashedAt, Silence silence) {}

  /**
   * @param before where an earlier attempt stood; empty at the first
   * @param heartbeat is given the progress at least every two seconds
   */
  DeploymentWatch(
      RailwayClient railway,
      AwaitOrder order,
      Pace pace,
      Optional<Progress> before,
      Consumer<Progress> heartbeat) {
    this.railway = railway;
    this.order = order;
    this.pace = pace;
    this.startedAt =
        before
            .map(Progress::startedAt)
            .or(() -> Optional.ofNullable(order.since()))
            .orElseGet(pace::now);
    this.silence = before.map(Progress::silence).orElse(null);
    this.crashedAt = before.map(Progress::crashedAt).orElse(null);
    this.last =
        new Deployment(
            order.deploymentId(), null, Status.UNKNOWN, null, null, false, null, false, null);
    this.feed = railway.events().of(order.deploymentId(), bell);
    this.waiting =
        new Waiting(
            pace,
            () -> {
              heartbeat.accept(new Progress(startedAt, last.rawStatus(), crashedAt, silence));
              listen();
            });
  }

  DeploymentEnd watch() {
    try (feed) {
      return follow();
    }
  }

  private DeploymentEnd follow() {
    while (true) {
      Instant next = pace.now().plus(look());
      if (ended()) {
        return new DeploymentEnd(last, false, detail(), null);
      }
      PhaseLimits limits = new PhaseLimits(order, startedAt, last);
      Optional<String> passed = limits.passed(pace.now());
      if (passed.isPresent()) {
        return new DeploymentEnd(last, true, passed.get() + ", " + seen(), null);
      }
      Optional<Phase> slow = limits.slow(pace.now());
      if (slow.isPresent()) {
        String sentence = limits.sentence(slow.get()) + ", " + seen();
        return new DeploymentEnd(last, false, null, new Slow(slow.get(), startedAt, sentence));
      }
      Instant moment = limits.nextAfter(pace.now());
      waiting.until(earlier(next, moment));
      if (last.status() == Status.IN_PROGRESS && feed.quiet()) {
        waiting.until(earlier(next.plus(order.poll().multipliedBy(QUIET - 1)), moment), bell);
      }
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** From the first read on, which has said that there is something to wait for. */
  private void listen() {
    if (reads > 0 && last.status() == Status.IN_PROGRESS) {
      feed.keep(pace.now());
    }
  }

  private String seen() {
    return "last seen "
        + (last.rawStatus() == null ? "nothing" : last.rawStatus())
        + (last.status() == Status.ACTIVE ? " (the job still runs)" : "")
        + (silence == null ? "" : " (" + silence.sentence() + ")");
  }

  /** One read; returns how long to wait before the next. */
  private Duration look() {
    try {
      last =
          EnvironmentReading.deployment(
              waiting.answer(() -> railway.deployment(order.deploymentId())));
      reads++;
      silence = null;
      if (crashedAt == null && last.status() == Status.CRASHED) {
        crashedAt = pace.now();
      }
      return order.poll();
    } catch (ApiException e) {
      if (e.is(Kind.REJECTED) || (e.is(Kind.NOT_FOUND) && !mayAppear())) {
        throw e;
      }
      silence = Silence.again(silence, pace.now(), e.getMessage(), order.away());
      if (silence.over(pace.now())) {
        throw Failures.silent(
            "Railway has not answered for "
                + DurationText.of(order.away())
                + ": "
                + silence.sentence(),
            e);
      }
      Duration delay = e.delay().orElse(order.poll());
      return delay.compareTo(order.poll()) > 0 ? delay : order.poll();
    }
  }

  private boolean mayAppear() {
    return last.rawStatus() == null && pace.now().isBefore(startedAt.plus(VISIBLE));
  }

  private boolean ended() {
    boolean mayRecover =
        last.status() == Status.CRASHED && pace.now().isBefore(crashedAt.plus(CRASH_GRACE));
    boolean stillRuns = order.job() && last.status() == Status.ACTIVE && !last.completed();
    return Statuses.ended(last.status()) && !mayRecover && !stillRuns;
  }

  /** At most one request, and none that could spoil the answer. */
  private String detail() {
    if (last.status() == Status.SKIPPED) {
      return last.skippedReason();
    }
    if (last.status() != Status.FAILED) {
      return null;
    }
    try {
      RailwayFailure failure =
          waiting.answer(() -> railway.failure(order.deploymentId(), LOG_LINES, 1));
      if (!failure.failedSteps().isEmpty()) {
        return cut(ForeignText.ofLog(String.join("; ", failure.failedSteps()), last.revision()));
      }
      return failure.buildLogs().isEmpty()
          ? "Railway gives no reason and an empty build log"
          : cut(
              failure.buildLogs().stream()
                  .map(line -> ForeignText.ofLog(line.message(), last.revision()))
                  .collect(Collectors.joining("\n")));
    } catch (ApiException e) {
      return "the reason could not be read: " + e.getMessage();
    }
  }

  private static String cut(String text) {
    return text.length() > LONGEST_DETAIL
        ? "…" + text.substring(text.length() - LONGEST_DETAIL)
        : text;
  }
}
