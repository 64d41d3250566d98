package dev.signalbox.activities.monitor;

import dev.signalbox.activities.pace.Bell;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.workflows.monitor.Check;
import dev.signalbox.workflows.monitor.Look;
import dev.signalbox.workflows.monitor.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Carries out what {@link Watching} plans: one thread keeps the times, the looks run on those of a
 * pool, as many at once as are under way and not one for each check.
 */
final class Watcher {
  /** Without anything due: how long nobody looks whether something is. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** Looks under way. What is due beyond them is late, and does not fill the machine. */
  private static final int MOST_AT_ONCE = 512;

  private final Watching watching;
  private final Function<Check, Look> looker;
  private final Executor threads;
  private final Pace pace;
  private final Bell bell = new Bell();
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();

  private int underWay;

  private record Seen(Entry entry, Look look, RuntimeException failure) {}

  /**
   * @param threads where the looks run
   */
  Watcher(Watching watching, Function<Check, Look> looker, Executor threads, Pace pace) {
    this.watching = watching;
    this.looker = looker;
    this.threads = threads;
    this.pace = pace;
  }

  /**
   * Until then, or until there is nothing left to look at.
   *
   * @param beat at least every two seconds; what it throws ends the watch
   * @param changed is given what stands otherwise than before
   */
  void run(Instant until, Runnable beat, Consumer<List<Standing>> changed) {
    Waiting waiting = new Waiting(pace, beat);
    while (pace.now().isBefore(until) && !watching.over()) {
      for (Entry entry : watching.due(pace.now(), MOST_AT_ONCE - underWay)) {
        underWay++;
        threads.execute(() -> look(entry));
      }
      waiting.until(next(until), bell);
      List<Standing> changes = take();
      if (!changes.isEmpty()) {
        changed.accept(changes);
      }
    }
  }

  private Instant next(Instant until) {
    Instant latest = earliest(until, pace.now().plus(LONGEST_PAUSE));
    return underWay < MOST_AT_ONCE
        ? watching.next().map(next -> earliest(next, latest)).orElse(latest)
        : latest;
  }

  private void look(Entry entry) {
    Seen one;
    try {
      one = new Seen(entry, looker.apply(entry.check), null);
    } catch (RuntimeException failure) {
      one = new Seen(entry, null, failure);
    }
    seen.add(one);
    bell.ring();
  }

  private List<Standing> take() {
    List<Standing> changes = new ArrayList<>();
    for (Seen one = seen.poll(); one != null; one = seen.poll()) {
      underWay--;
      if (one.failure() != null) {
        throw one.failure();
      }
      if (watching.saw(one.entry(), one.look(), pace.now())) {
        changes.add(one.entry().standing);
      }
    }
    return changes;
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
