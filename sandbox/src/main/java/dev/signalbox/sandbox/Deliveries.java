package dev.signalbox.sandbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends webhooks one after another, on a thread of its own, disturbed as {@link Faults} say. */
public final class Deliveries implements AutoCloseable {
  private static final Duration LATE = Duration.ofSeconds(1);

  /** How long a delivery waits for the next one that is to overtake it. */
  private static final Duration OVERTAKEN = Duration.ofSeconds(5);

  private final Faults faults;
  private final Queue<Runnable> overtaken = new ArrayDeque<>();
  private final ScheduledExecutorService queue =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sandbox-deliveries");
            thread.setDaemon(true);
            return thread;
          });

  public Deliveries(Faults faults) {
    this.faults = faults;
  }

  /**
   * @param event what the sender calls it; faults may name it instead of {@code webhooks}
   * @param post does the sending; it must not throw
   */
  public void send(String event, Runnable post) {
    send(event, post, () -> {});
  }

  /**
   * @param lost runs in place of {@code post} when a fault loses the delivery
   */
  public void send(String event, Runnable post, Runnable lost) {
    after(Duration.ZERO, () -> disturbed(event, post, lost));
  }

  private void disturbed(String event, Runnable post, Runnable lost) {
    Optional<Faults.Rule> struck = faults.strikeWebhook(event);
    if (struck.isEmpty()) {
      now(post);
      return;
    }
    switch (struck.get().fault()) {
      case LOSE -> lost.run();
      case DUPLICATE -> {
        now(post);
        now(post);
      }
      case REORDER -> {
        overtaken.add(post);
        after(OVERTAKEN, this::release);
      }
      case DELAY ->
          after(Optional.ofNullable(struck.get().lasting()).orElse(LATE), () -> now(post));
      default -> now(post);
    }
  }

  /** Sends it, and after it those that it has overtaken. */
  private void now(Runnable post) {
    post.run();
    release();
  }

  private void release() {
    for (Runnable held = overtaken.poll(); held != null; held = overtaken.poll()) {
      held.run();
    }
  }

  private void after(Duration wait, Runnable task) {
    try {
      var unused = queue.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // The sandbox ends, or the receiver is gone: nobody waits for this any more.
    }
  }

  @Override
  public void close() {
    queue.shutdownNow();
  }
}
