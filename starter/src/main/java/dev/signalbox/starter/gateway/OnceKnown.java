package dev.signalbox.starter.gateway;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Something that is asked for until it is known, and never again. One asks at a time and the others
 * wait for the same answer, none of them with a thread.
 */
final class OnceKnown implements Supplier<CompletableFuture<String>> {
  private final Supplier<String> source;
  private final Executor work;
  private final Duration patience;
  private CompletableFuture<String> asked;

  /**
   * @param patience how long who wants to know it waits; the question itself goes on
   */
  OnceKnown(Supplier<String> source, Executor work, Duration patience) {
    this.source = source;
    this.work = work;
    this.patience = patience;
  }

  @Override
  public CompletableFuture<String> get() {
    return asked().copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized CompletableFuture<String> asked() {
    if (asked == null || asked.isCompletedExceptionally()) {
      try {
        asked = CompletableFuture.supplyAsync(source, work);
      } catch (RejectedExecutionException tooMuch) {
        asked = CompletableFuture.failedFuture(tooMuch);
      }
    }
    return asked;
  }
}
