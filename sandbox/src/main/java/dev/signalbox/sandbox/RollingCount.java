package dev.signalbox.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was counted within the last minute, or hour: what is older falls out by itself. */
public final class RollingCount {
  private final int limit;
  private final Duration window;
  private final SandboxClock clock;
  private final Deque<Counted> counted = new ArrayDeque<>();
  private int used;
  private int most;

  private record Counted(Instant at, int cost) {}

  /**
   * @param limit within the window; 0 = none
   */
  public RollingCount(int limit, Duration window, SandboxClock clock) {
    this.limit = limit;
    this.window = window;
    this.clock = clock;
  }

  /** How long until this much more fits; zero = it does now. */
  public Duration until(int cost) {
    forget();
    int over = limit == 0 ? 0 : used + cost - limit;
    for (Counted one : counted) {
      if (over <= 0) {
        break;
      }
      over -= one.cost();
      if (over <= 0) {
        return window.minus(clock.passedSince(one.at()));
      }
    }
    return over <= 0 ? Duration.ZERO : window;
  }

  public void count(int cost) {
    forget();
    counted.add(new Counted(clock.now(), cost));
    used += cost;
    most = Math.max(most, used);
  }

  /** The limit, what is used of it, and the most that ever was. */
  public Map<String, Object> view() {
    forget();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("limit", limit);
    view.put("used", used);
    view.put("most", most);
    return view;
  }

  private void forget() {
    while (!counted.isEmpty() && clock.passedSince(counted.peek().at()).compareTo(window) >= 0) {
      used -= counted.remove().cost();
    }
  }
}
