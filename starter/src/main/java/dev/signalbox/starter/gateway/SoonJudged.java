package dev.signalbox.starter.gateway;

import dev.signalbox.starter.gateway.Commands.LeftDecision;
import dev.signalbox.starter.gateway.Commands.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The verdict on a decision, where a worker gives it at once, as it does where one runs: then
 * nobody is told first that it is only recorded.
 */
final class SoonJudged {
  /** Less than {@link SlackDesk#IN_TIME}, so that a command at Slack is answered by it. */
  static final Duration SOON = Duration.ofMillis(700);

  /** Nothing hurries whoever asks by HTTP, and a worker under load takes longer. */
  static final Duration FOR_A_PROGRAM = Duration.ofSeconds(2);

  private static final long PAUSE = 100;

  private final Commands commands;
  private final Executor hands;
  private final Duration soon;

  /**
   * @param hands ask, as nobody answers for a while where no worker runs
   * @param soon how long it is waited for
   */
  SoonJudged(Commands commands, Executor hands, Duration soon) {
    this.commands = commands;
    this.hands = hands;
    this.soon = soon;
  }

  /** Empty when nobody has judged it by then. */
  Optional<Verdict> of(LeftDecision decision) {
    long end = System.nanoTime() + soon.toNanos();
    try {
      CompletableFuture<Void> pause = CompletableFuture.completedFuture(null);
      do {
        pause.join();
        Verdict verdict =
            CompletableFuture.supplyAsync(() -> commands.verdict(decision), hands)
                .get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (verdict != null) {
          return Optional.of(verdict);
        }
        pause = new CompletableFuture<Void>().completeOnTimeout(null, PAUSE, TimeUnit.MILLISECONDS);
      } while (System.nanoTime() < end);
    } catch (ExecutionException | TimeoutException | RejectedExecutionException nobody) {
      return Optional.empty();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }
}
