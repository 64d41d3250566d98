package dev.signalbox.sandbox.railway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Railway's state now and as it was, for reads that lag. Times are the machine's. */
final class History {
  private static final int KEPT = 2_000;

  private final Deque<Past> past = new ArrayDeque<>();
  private final List<BiConsumer<State, State>> watchers = new CopyOnWriteArrayList<>();
  private final State beginning;
  private State now;
  private State beforeLastWrite;

  private record Past(Instant at, State state) {}

  History(State beginning) {
    this.beginning = beginning;
    this.now = beginning;
    this.beforeLastWrite = beginning;
  }

  /** Is told of each change, in order: the state before it and after it. It must not block. */
  void watch(BiConsumer<State, State> watcher) {
    watchers.add(watcher);
  }

  void unwatch(BiConsumer<State, State> watcher) {
    watchers.remove(watcher);
  }

  synchronized State now() {
    return now;
  }

  /** A step of the platform itself. */
  synchronized void change(Consumer<State.Draft> step) {
    State before = now;
    now = before.edited(step);
    past.addLast(new Past(Instant.now(), now));
    if (past.size() > KEPT) {
      past.removeFirst();
    }
    watchers.forEach(watcher -> watcher.accept(before, now));
  }

  /** A write from outside begins: what was before it is what a stale read shows. */
  synchronized void writeBegins() {
    beforeLastWrite = now;
  }

  /** The state {@code by} ago; zero gives the one before the last write. */
  synchronized State stale(Duration by) {
    if (by.isZero()) {
      return beforeLastWrite;
    }
    Instant wanted = Instant.now().minus(by);
    Iterator<Past> newestFirst = past.descendingIterator();
    while (newestFirst.hasNext()) {
      Past candidate = newestFirst.next();
      if (!candidate.at().isAfter(wanted)) {
        return candidate.state();
      }
    }
    return beginning;
  }
}
