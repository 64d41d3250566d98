package dev.signalbox.activities.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Waits for a moment or for an answer, and gives a sign of life at least every two seconds: a
 * silent activity counts as dead after six, and a cancellation arrives with the sign.
 */
public final class Waiting {
  private static final Duration BEAT = Duration.ofSeconds(2);

  /** Below the grace that a stopping worker has. */
  private static final long LONGEST_CLEARING_SECONDS = 20;

  private static final ExecutorService CALLS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "signalbox-call");
            thread.setDaemon(true);
            return thread;
          });

  private final Pace pace;
  private final Runnable beat;

  /**
   * @param beat gives the sign; whatever it throws ends the waiting
   */
  public Waiting(Pace pace, Runnable beat) {
    this.pace = pace;
    this.beat = beat;
  }

  /** Returns at {@code then}, at once when that has passed. */
  public void until(Instant then) {
    beat.run();
    Duration left = Duration.between(pace.now(), then);
    while (!left.isNegative() && !left.isZero()) {
      pause(left.compareTo(BEAT) < 0 ? left : BEAT);
      beat.run();
      left = Duration.between(pace.now(), then);
    }
  }

  /** As {@link #until(Instant)}, and at once when the bell rings. */
  public void until(Instant then, Bell bell) {
    beat.run();
    boolean rang = false;
    Duration left = Duration.between(pace.now(), then);
    while (!rang && !left.isNegative() && !left.isZero()) {
      rang = pause(left.compareTo(BEAT) < 0 ? left : BEAT, bell);
      beat.run();
      left = Duration.between(pace.now(), then);
    }
  }

  /** Runs {@code call} on another thread and passes on what it returns or throws. */
  public <T> T answer(Supplier<T> call) {
    Future<T> answer = CALLS.submit(call::get);
    try {
      while (true) {
        try {
          return answer.get(BEAT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException notYet) {
          beat.run();
        }
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  /**
   * As {@link #answer(Supplier)}; when the waiting ends before the call does, the call has a while
   * to clear away what it has begun.
   *
   * @param stop tells the call to end
   */
  public <T> T answer(Supplier<T> call, Runnable stop) {
    CountDownLatch ended = new CountDownLatch(1);
    try {
      return answer(
          () -> {
            try {
              return call.get();
            } finally {
              ended.countDown();
            }
          });
    } catch (RuntimeException end) {
      if (ended.getCount() > 0) {
        stop.run();
        awaitEnd(ended);
      }
      throw end;
    }
  }

  /** Also of a thread that is interrupted: a worker that shuts down does it like that. */
  private static void awaitEnd(CountDownLatch ended) {
    boolean interrupted = Thread.interrupted();
    try {
      ended.await(LONGEST_CLEARING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void pause(Duration duration) {
    try {
      pace.pause(duration);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private boolean pause(Duration duration, Bell bell) {
    try {
      return pace.pause(duration, bell);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static CancellationException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    CancellationException end = new CancellationException("interrupted: the worker shuts down");
    end.initCause(e);
    return end;
  }
}
