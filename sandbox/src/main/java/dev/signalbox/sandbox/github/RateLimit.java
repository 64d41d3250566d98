package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.SandboxClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The primary limit: so many calls per hour and token. Source: "Rate limits for the REST API". */
final class RateLimit {

  private static final class Window {
    private final Instant reset;
    private int used;

    Window(Instant reset) {
      this.reset = reset;
    }
  }

  private final SandboxClock clock;
  private final Map<String, Window> windows = new HashMap<>();
  private int perHour = 5000;

  RateLimit(SandboxClock clock) {
    this.clock = clock;
  }

  synchronized void perHour(int calls) {
    this.perHour = calls;
  }

  synchronized boolean exceeded(String token) {
    return window(token).used >= perHour;
  }

  synchronized void count(String token) {
    window(token).used++;
  }

  synchronized Map<String, Object> state(String token) {
    Window window = window(token);
    return Json.object(
        "limit",
        perHour,
        "used",
        Math.min(window.used, perHour),
        "remaining",
        Math.max(0, perHour - window.used),
        "reset",
        window.reset.getEpochSecond());
  }

  private Window window(String token) {
    Window present = windows.get(token);
    if (present == null || !clock.now().isBefore(present.reset)) {
      present = new Window(clock.now().plus(Duration.ofHours(1)));
      windows.put(token, present);
    }
    return present;
  }
}
