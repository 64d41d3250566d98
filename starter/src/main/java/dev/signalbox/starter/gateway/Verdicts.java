package dev.signalbox.starter.gateway;

import dev.signalbox.starter.gateway.Commands.LeftDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks what became of decisions that were left with the engine, and tells it where they were made.
 * For a day, at growing pauses; what is judged later is shown by {@code why}.
 */
final class Verdicts {
  private static final Duration FIRST = Duration.ofMillis(300);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration GIVEN_UP = Duration.ofDays(1);

  private static final Logger log = LoggerFactory.getLogger(Verdicts.class);

  private final Commands commands;
  private final ScheduledExecutorService clock;

  Verdicts(Commands commands, ScheduledExecutorService clock) {
    this.commands = commands;
    this.clock = clock;
  }

  /**
   * @param tell given the sentence, once
   */
  void follow(LeftDecision decision, Consumer<String> tell) {
    lookAfter(FIRST, decision, tell, Instant.now().plus(GIVEN_UP));
  }

  private void lookAfter(
      Duration pause, LeftDecision decision, Consumer<String> tell, Instant end) {
    // What goes wrong in a look is told by the look.
    var unused =
        clock.schedule(
            () -> look(pause, decision, tell, end), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look(Duration pause, LeftDecision decision, Consumer<String> tell, Instant end) {
    try {
      String verdict = commands.verdict(decision);
      if (verdict != null) {
        tell.accept(verdict);
        return;
      }
    } catch (RuntimeException away) {
      log.debug("no verdict yet decision={}", decision.decisionId());
    }
    if (Instant.now().isBefore(end)) {
      Duration next = pause.multipliedBy(2);
      lookAfter(next.compareTo(LONGEST) < 0 ? next : LONGEST, decision, tell, end);
    }
  }
}
