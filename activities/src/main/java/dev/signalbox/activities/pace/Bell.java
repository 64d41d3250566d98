package dev.signalbox.activities.pace;

import java.time.Duration;

/** Ends a wait early. Rung while nobody waits, it ends the next wait at once. */
public final class Bell {
  private boolean rung;

  /** From any thread. */
  public synchronized void ring() {
    rung = true;
    notifyAll();
  }

  /** Waits for the ring, at most this long; gives whether it came. */
  synchronized boolean rungWithin(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (long left = limit.toNanos(); !rung && left > 0; left = end - System.nanoTime()) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    boolean came = rung;
    rung = false;
    return came;
  }
}
