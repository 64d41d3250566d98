package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.RollingCount;
import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.SecondaryLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What GitHub allows a token at once and within a minute, beside its hourly limit. Which writes
 * create content it does not say, so here each POST, PUT and PATCH does. Who was refused is refused
 * until the time that it was told has passed.
 */
final class SecondaryLimit {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> CONTENT = Set.of("POST", "PUT", "PATCH");
  private static final int WRITE = 5;

  private final SandboxClock clock;
  private final Map<String, Counters> tokens = new LinkedHashMap<>();
  private SecondaryLimits limits;

  SecondaryLimit(SandboxClock clock) {
    this.clock = clock;
  }

  /**
   * @param wanted null = nothing is counted
   */
  synchronized void of(SecondaryLimits wanted) {
    this.limits = wanted;
    tokens.clear();
  }

  /** A call comes: zero = it may go on, else how long its caller has to stay away. */
  synchronized Duration begin(String token, String method) {
    if (limits == null) {
      return Duration.ZERO;
    }
    Counters counters = tokens.computeIfAbsent(token, name -> new Counters(limits, clock));
    counters.running++;
    counters.mostRunning = Math.max(counters.mostRunning, counters.running);
    return counters.admit(method);
  }

  /** The call is answered. */
  synchronized void end(String token) {
    Counters counters = tokens.get(token);
    if (counters != null && counters.running > 0) {
      counters.running--;
    }
  }

  /** By who calls. */
  synchronized Map<String, Object> view(Map<String, String> loginsByToken) {
    Map<String, Object> view = new LinkedHashMap<>();
    tokens.forEach(
        (token, counters) ->
            view.put(loginsByToken.getOrDefault(token, "unknown"), counters.view()));
    return view;
  }

  private static final class Counters {
    private final RollingCount points;
    private final RollingCount minute;
    private final RollingCount hour;
    private final SandboxClock clock;
    private final int concurrent;
    private Instant refusedAt;
    private Duration away = Duration.ZERO;
    private int refused;
    private int running;
    private int mostRunning;

    private Counters(SecondaryLimits limits, SandboxClock clock) {
      this.clock = clock;
      this.points = new RollingCount(limits.points(), MINUTE, clock);
      this.minute = new RollingCount(limits.contentPerMinute(), MINUTE, clock);
      this.hour = new RollingCount(limits.contentPerHour(), Duration.ofHours(1), clock);
      this.concurrent = limits.concurrent();
    }

    private Duration admit(String method) {
      boolean content = CONTENT.contains(method);
      int cost = READS.contains(method) ? 1 : WRITE;
      Duration wait = still();
      if (wait.isZero()) {
        wait = content ? longer(minute.until(1), hour.until(1)) : Duration.ZERO;
        wait = longer(wait, points.until(cost));
        wait = concurrent > 0 && running > concurrent ? MINUTE : wait;
      }
      if (!wait.isZero()) {
        refused++;
        refusedAt = clock.now();
        away = wait;
        return wait;
      }
      points.count(cost);
      if (content) {
        minute.count(1);
        hour.count(1);
      }
      return Duration.ZERO;
    }

    private Duration still() {
      Duration left = refusedAt == null ? Duration.ZERO : away.minus(clock.passedSince(refusedAt));
      return left.isNegative() ? Duration.ZERO : left;
    }

    private static Duration longer(Duration one, Duration other) {
      return one.compareTo(other) >= 0 ? one : other;
    }

    private Map<String, Object> view() {
      return Json.object(
          "pointsPerMinute",
          points.view(),
          "contentPerMinute",
          minute.view(),
          "contentPerHour",
          hour.view(),
          "concurrent",
          Json.object("limit", concurrent, "used", running, "most", mostRunning),
          "refused",
          refused);
    }
  }
}
