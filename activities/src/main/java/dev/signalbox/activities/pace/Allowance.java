package dev.signalbox.activities.pace;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * How much may be done within each of several stretches of time, in the order of asking. Who has to
 * wait is told for how long, and keeps its place; who does not come then has lost it.
 */
public final class Allowance {
  private static final Duration LATE = Duration.ofMinutes(2);
  private static final Comparator<Turn> BY_TIME = Comparator.comparing(turn -> turn.at);

  private final InstantSource clock;
  private final List<Window> windows;
  private final Duration longest;
  private final List<Turn> turns = new ArrayList<>();
  private Instant shutUntil = Instant.EPOCH;

  /**
   * At most so much within any stretch of this length.
   *
   * @param most not less than the dearest thing that is asked for, which would never have its turn
   */
  public record Window(Duration length, int most) {}

  private static final class Turn {
    private final String who;
    private final int cost;
    private Instant at;
    private boolean taken;

    private Turn(String who, int cost, Instant at) {
      this.who = who;
      this.cost = cost;
      this.at = at;
    }
  }

  public Allowance(InstantSource clock, List<Window> windows) {
    this.clock = clock;
    this.windows = List.copyOf(windows);
    this.longest = windows.stream().map(Window::length).max(Duration::compareTo).orElseThrow();
  }

  /**
   * Zero = now, and it counts as done; else after how long to ask again.
   *
   * @param who keeps one place, however often it asks
   */
  public synchronized Duration ask(String who, int cost) {
    Instant now = clock.instant();
    forget(now);
    Turn turn =
        turns.stream().filter(one -> !one.taken && one.who.equals(who)).findFirst().orElse(null);
    if (turn == null) {
      turn = new Turn(who, cost, earliest(cost, now));
      turns.add(turn);
    }
    if (turn.at.isAfter(now)) {
      return Duration.between(now, turn.at);
    }
    turn.taken = true;
    turn.at = now;
    turns.sort(BY_TIME);
    return Duration.ZERO;
  }

  /**
   * Whether there is so much to spare that half of it would do: then it counts as done. What may as
   * well not be done asks so, and never waits.
   */
  public synchronized boolean spares(int cost) {
    Instant now = clock.instant();
    forget(now);
    boolean spare =
        now.isAfter(shutUntil)
            && turns.stream().allMatch(turn -> turn.taken)
            && windows.stream()
                .allMatch(window -> 2 * (within(window, now) + cost) <= window.most());
    if (spare) {
      Turn turn = new Turn("", cost, now);
      turn.taken = true;
      turns.add(turn);
    }
    return spare;
  }

  /** The other side wants to be left alone for so long: whoever waits does so for longer. */
  public synchronized void shut(Duration time) {
    Instant now = clock.instant();
    Instant until = now.plus(time);
    if (!until.isAfter(shutUntil)) {
      return;
    }
    shutUntil = until;
    turns.stream()
        .filter(turn -> !turn.taken)
        .min(BY_TIME)
        .map(turn -> Duration.between(turn.at, until))
        .filter(late -> !late.isNegative())
        .ifPresent(
            late ->
                turns.stream()
                    .filter(turn -> !turn.taken)
                    .forEach(turn -> turn.at = turn.at.plus(late)));
  }

  /** For how long the other side wants to be left alone; zero = it does not. */
  public synchronized Duration shut() {
    Duration left = Duration.between(clock.instant(), shutUntil);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private Instant earliest(int cost, Instant now) {
    Instant last = turns.isEmpty() ? now : turns.get(turns.size() - 1).at;
    Instant at = latest(now, latest(last, shutUntil));
    for (int look = 0; look < windows.size(); look++) {
      for (Window window : windows) {
        at = latest(at, fits(window, cost, at));
      }
    }
    return at;
  }

  /** When so much fits into the window, not before {@code at}: the oldest fall out of it. */
  private Instant fits(Window window, int cost, Instant at) {
    int over = within(window, at) + cost - window.most();
    Instant fits = at;
    Iterator<Turn> oldest =
        turns.stream().filter(turn -> turn.at.plus(window.length()).isAfter(at)).iterator();
    while (over > 0 && oldest.hasNext()) {
      Turn turn = oldest.next();
      over -= turn.cost;
      fits = turn.at.plus(window.length());
    }
    return fits;
  }

  private int within(Window window, Instant at) {
    return turns.stream()
        .filter(turn -> turn.at.plus(window.length()).isAfter(at))
        .mapToInt(turn -> turn.cost)
        .sum();
  }

  private void forget(Instant now) {
    turns.removeIf(
        turn ->
            turn.taken ? !turn.at.plus(longest).isAfter(now) : turn.at.plus(LATE).isBefore(now));
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
