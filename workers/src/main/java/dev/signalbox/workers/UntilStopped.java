package dev.signalbox.workers;

import java.util.concurrent.CountDownLatch;

/** A process that lives until it is asked to end, and closes what it opened before it does. */
public final class UntilStopped implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Returns when the process is asked to end, and holds its end up until this is closed. */
  public void await() {
    CountDownLatch stop = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.countDown();
                  await(closed);
                }));
    await(stop);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
