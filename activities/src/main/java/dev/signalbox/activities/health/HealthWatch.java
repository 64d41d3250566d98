package dev.signalbox.activities.health;

import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Rounds of samples until somebody's question is answered: verification and soak are two such. */
final class HealthWatch {
  private final Pace pace;
  private final Function<List<Target>, List<Sample>> round;
  private final Waiting waiting;
  private Tally tally;

  /** Whether the watch is over, after each round: empty = go on. */
  interface Question {
    Optional<Verdict> answer(Tally tally, Instant now);
  }

  /**
   * @param before what an earlier attempt counted; empty at the first
   * @param heartbeat is given the tally at least every two seconds
   */
  HealthWatch(
      Pace pace,
      Function<List<Target>, List<Sample>> round,
      Optional<Tally> before,
      Consumer<Tally> heartbeat) {
    this.pace = pace;
    this.round = round;
    this.tally = before.orElseGet(() -> Tally.from(pace.now()));
    this.waiting = new Waiting(pace, () -> heartbeat.accept(tally));
  }

  VerificationEnd watch(List<Target> targets, Duration every, Budgets budgets, Question question) {
    while (true) {
      Instant next = pace.now().plus(every);
      for (Sample sample : waiting.answer(() -> round.apply(targets))) {
        tally = budgets.count(tally, sample);
        Optional<Verdict> spent = budgets.spent(tally);
        if (spent.isPresent()) {
          return end(spent.get(), sample);
        }
      }
      Optional<Verdict> answer = question.answer(tally, pace.now());
      if (answer.isPresent()) {
        return end(answer.get(), tally.lastOther());
      }
      waiting.until(next);
    }
  }

  private VerificationEnd end(Verdict verdict, Sample decisive) {
    String summary =
        decisive == null
            ? tally.words()
            : tally.words()
                + "; "
                + decisive.service()
                + ": expected "
                + decisive.expected()
                + ", got "
                + decisive.got();
    return new VerificationEnd(verdict, decisive, tally.samples(), summary);
  }
}
