package dev.signalbox.activities.backup;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends a long piece of work from another thread: what it waits for (a program, a server's answer)
 * can only be cut off. After that each further wait fails at once, and the work cleans up.
 */
public final class Stop {
  private final Set<Runnable> cuts = new LinkedHashSet<>();
  private boolean stopped;

  /** Thrown by work that was stopped. */
  public static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoppedException() {
      super("stopped: somebody called it off, or the worker shuts down");
    }
  }

  /**
   * What ends the next wait; to be closed when that is over.
   *
   * @throws StoppedException it is stopped already
   */
  synchronized AutoCut during(Runnable cut) {
    requireGoing();
    cuts.add(cut);
    return () -> remove(cut);
  }

  /** Cuts off whatever is waited for now. */
  public void now() {
    List<Runnable> running;
    synchronized (this) {
      stopped = true;
      running = List.copyOf(cuts);
    }
    running.forEach(Runnable::run);
  }

  /**
   * @throws StoppedException it is stopped
   */
  synchronized void requireGoing() {
    if (stopped) {
      throw new StoppedException();
    }
  }

  private synchronized void remove(Runnable cut) {
    cuts.remove(cut);
  }

  /** Does not fail. */
  interface AutoCut extends AutoCloseable {
    @Override
    void close();
  }
}
