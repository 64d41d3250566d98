package dev.signalbox.sandbox.railway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.UnaryOperator;

/** Railway's state now and as it was, for reads that lag. Times are the machine's. */
final class History {
  private static final int KEPT = 2_000;

  private final Deque<Past> past = new ArrayDeque<>();
  private State now = State.EMPTY;
  private State beforeLastWrite = State.EMPTY;

  private record Past(Instant at, State state) {}

  synchronized State now() {
    return now;
  }

  /** A step of the platform itself. */
  synchronized void change(UnaryOperator<State> step) {
    now = step.apply(now);
    past.addLast(new Past(Instant.now(), now));
    if (past.size() > KEPT) {
      past.removeFirst();
    }
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
    return State.EMPTY;
  }
}
