package dev.signalbox.sandbox.railway;

import dev.signalbox.sandbox.RollingCount;
import dev.signalbox.sandbox.SandboxClock;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Railway's budget of a token, of an hour and of a second (docs, "Public API", "Rate limits"):
 * headers on every answer, {@code Retry-After} only once it is used up.
 */
final class RateLimit {
  private static final Duration WINDOW = Duration.ofHours(1);

  private final int limit;
  private final int perSecond;
  private final SandboxClock clock;
  private final Map<String, Used> tokens = new LinkedHashMap<>();

  private static final class Used {
    private final RollingCount second;
    private Instant begun;
    private int used;
    private int refused;

    private Used(RollingCount second, Instant begun) {
      this.second = second;
      this.begun = begun;
    }
  }

  /**
   * @param perSecond 0 = is not counted
   */
  RateLimit(int limit, int perSecond, SandboxClock clock) {
    this.limit = limit;
    this.perSecond = perSecond;
    this.clock = clock;
  }

  /** Counts the call and writes the headers; false when the budget is used up. */
  synchronized boolean allows(Context ctx) {
    String token = ctx.header("Project-Access-Token");
    token = token == null ? ctx.header("Authorization") : token;
    if (token == null) {
      return true;
    }
    Used used =
        tokens.computeIfAbsent(
            token,
            one ->
                new Used(new RollingCount(perSecond, Duration.ofSeconds(1), clock), clock.now()));
    if (clock.passedSince(used.begun).compareTo(WINDOW) >= 0) {
      used.begun = clock.now();
      used.used = 0;
    }
    Duration left = WINDOW.minus(clock.passedSince(used.begun));
    Duration wait = used.used < limit ? used.second.until(1) : left;
    if (wait.isZero()) {
      used.used++;
      used.second.count(1);
    } else {
      used.refused++;
      ctx.header("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
    }
    ctx.header("X-RateLimit-Limit", Integer.toString(limit))
        .header("X-RateLimit-Remaining", Integer.toString(limit - used.used))
        .header("X-RateLimit-Reset", Long.toString(clock.now().plus(left).getEpochSecond()));
    return wait.isZero();
  }

  /**
   * What is used of it, by token.
   *
   * @param names of the tokens' headers
   */
  synchronized Map<String, Object> view(Map<String, String> names) {
    Map<String, Object> view = new LinkedHashMap<>();
    tokens.forEach((token, used) -> view.put(names.getOrDefault(token, "unknown"), view(used)));
    return view;
  }

  private Map<String, Object> view(Used used) {
    Map<String, Object> view = new HashMap<>();
    view.put("perHour", Map.of("limit", limit, "used", used.used));
    view.put("perSecond", used.second.view());
    view.put("refused", used.refused);
    return view;
  }
}
