package dev.signalbox.sandbox.railway;

import dev.signalbox.sandbox.SandboxClock;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Railway's hourly budget of a token (docs, "Public API", "Rate limits"): headers on every answer,
 * {@code Retry-After} only once it is used up.
 */
final class RateLimit {
  private static final Duration WINDOW = Duration.ofHours(1);

  private final int limit;
  private final SandboxClock clock;
  private final Map<String, Window> windows = new HashMap<>();

  private record Window(Instant begun, int used) {}

  RateLimit(int limit, SandboxClock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  /** Counts the call and writes the headers; false when the budget is used up. */
  synchronized boolean allows(Context ctx) {
    String token = ctx.header("Project-Access-Token");
    token = token == null ? ctx.header("Authorization") : token;
    if (token == null) {
      return true;
    }
    Window window = windows.get(token);
    if (window == null || clock.passedSince(window.begun()).compareTo(WINDOW) >= 0) {
      window = new Window(clock.now(), 0);
    }
    Duration left = WINDOW.minus(clock.passedSince(window.begun()));
    boolean allowed = window.used() < limit;
    int used = allowed ? window.used() + 1 : window.used();
    windows.put(token, new Window(window.begun(), used));
    ctx.header("X-RateLimit-Limit", Integer.toString(limit))
        .header("X-RateLimit-Remaining", Integer.toString(limit - used))
        .header("X-RateLimit-Reset", Long.toString(clock.now().plus(left).getEpochSecond()));
    if (!allowed) {
      ctx.header("Retry-After", Long.toString(Math.max(1, left.toSeconds())));
    }
    return allowed;
  }
}
