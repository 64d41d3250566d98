package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.SandboxClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The primary limits of each token. Source: "Rate limits for the REST API". */
final class RateLimit {

  /** What is counted by itself. */
  enum Resource {
    CORE(Duration.ofHours(1)),
    SEARCH(Duration.ofMinutes(1));

    private final Duration window;

    Resource(Duration window) {
      this.window = window;
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final class Window {
    private final Instant reset;
    private int used;

    Window(Instant reset) {
      this.reset = reset;
    }
  }

  private record Key(String token, Resource resource) {}

  private static final int SEARCHES_PER_MINUTE = 30;

  private final SandboxClock clock;
  private final Map<Key, Window> windows = new HashMap<>();
  private int perHour = 5000;

  RateLimit(SandboxClock clock) {
    this.clock = clock;
  }

  synchronized void perHour(int calls) {
    this.perHour = calls;
  }

  synchronized boolean exceeded(String token, Resource resource) {
    return window(token, resource).used >= limit(resource);
  }

  synchronized void count(String token, Resource resource) {
    window(token, resource).used++;
  }

  synchronized Map<String, Object> state(String token, Resource resource) {
    Window window = window(token, resource);
    int limit = limit(resource);
    return Json.object(
        "limit",
        limit,
        "used",
        Math.min(window.used, limit),
        "remaining",
        Math.max(0, limit - window.used),
        "reset",
        window.reset.getEpochSecond(),
        "resource",
        resource.text());
  }

  private int limit(Resource resource) {
    return resource == Resource.SEARCH ? SEARCHES_PER_MINUTE : perHour;
  }

  private Window window(String token, Resource resource) {
    Key key = new Key(token, resource);
    Window present = windows.get(key);
    if (present == null || !clock.now().isBefore(present.reset)) {
      present = new Window(clock.now().plus(resource.window));
      windows.put(key, present);
    }
    return present;
  }
}
