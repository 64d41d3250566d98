package dev.signalbox.activities.monitor;

import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.monitor.Change;
import dev.signalbox.workflows.monitor.Standing;
import io.temporal.client.WorkflowNotFoundException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the run what changed: one thing at a time, the newest of each check, and again where it
 * could not be told, so that an engine that is away costs nothing but time.
 */
final class News {
  private static final Logger log = LoggerFactory.getLogger(News.class);

  /** More than the changes of one attempt: those of the next have higher numbers. */
  private static final long ATTEMPT = 1L << 24;

  private final Consumer<Change> signal;
  private final Executor threads;
  private final Pace pace;
  private final int watch;
  private final Map<String, Standing> untold = new LinkedHashMap<>();
  private long sequence;
  private boolean telling;
  private boolean over;

  /**
   * @param signal sends one change, and throws where it cannot
   * @param watch its number in the order
   * @param attempt of the activity
   */
  News(Consumer<Change> signal, Executor threads, Pace pace, int watch, int attempt) {
    this.signal = signal;
    this.threads = threads;
    this.pace = pace;
    this.watch = watch;
    this.sequence = attempt * ATTEMPT;
  }

  synchronized void tell(List<Standing> changes) {
    changes.forEach(one -> untold.put(one.check(), one));
    again();
  }

  /** Tells what could not be told before. */
  synchronized void again() {
    if (!telling && !over && !untold.isEmpty()) {
      telling = true;
      Change change = new Change(watch, ++sequence, pace.now(), List.copyOf(untold.values()));
      untold.clear();
      threads.execute(() -> send(change));
    }
  }

  /** Whether the run that wanted to know has ended. */
  synchronized boolean over() {
    return over;
  }

  private void send(Change change) {
    try {
      signal.accept(change);
      told(List.of(), false);
    } catch (WorkflowNotFoundException ended) {
      told(List.of(), true);
    } catch (RuntimeException failure) {
      log.warn("change not told, and kept watch={} sequence={}", watch, change.sequence(), failure);
      told(change.standings(), false);
    }
  }

  private synchronized void told(List<Standing> not, boolean ended) {
    not.forEach(one -> untold.putIfAbsent(one.check(), one));
    telling = false;
    over = ended;
  }
}
