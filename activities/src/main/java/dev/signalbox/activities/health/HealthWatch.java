package dev.signalbox.activities.health;

import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Rounds of samples until somebody's question is answered: verification and soak are two such. */
final class HealthWatch {
  /** Who is to be asked, as it stands now. */
  interface Asked {
    List<Target> now(Tally tally, boolean timeIsUp);
  }

  private final Pace pace;
  private final Function<List<Target>, List<Sample>> round;
  private final Waiting waiting;
  private final Map<String, Instant> next = new HashMap<>();
  private Tally tally;

  /**
   * What a watch is for.
   *
   * @param longest when it ends at the latest; then every target is asked once more
   */
  record Question(Duration longest, Answer answer) {}

  /** Whether the watch is over, after each round: empty = go on. */
  interface Answer {
    Optional<Verdict> of(Tally tally, boolean timeIsUp);
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

  VerificationEnd watch(Asked asked, Duration every, Budgets budgets, Question question) {
    Instant end = tally.startedAt().plus(question.longest());
    while (true) {
      for (Sample sample : sample(asked, every, end)) {
        tally = budgets.count(tally, sample);
        Optional<Verdict> spent = budgets.spent(tally);
        if (spent.isPresent()) {
          return end(spent.get(), sample);
        }
      }
      Optional<Verdict> answer = question.answer().of(tally, !pace.now().isBefore(end));
      if (answer.isPresent()) {
        return end(answer.get(), tally.lastOther());
      }
      waiting.until(soonest(asked.now(tally, false), end));
    }
  }

  /** One sample of each whose turn it is. */
  private List<Sample> sample(Asked asked, Duration every, Instant end) {
    Instant now = pace.now();
    boolean timeIsUp = !now.isBefore(end);
    List<Target> turn =
        asked.now(tally, timeIsUp).stream()
            .filter(target -> timeIsUp || !now.isBefore(next(target, now)))
            .toList();
    for (Target target : turn) {
      next.put(target.service(), now.plus(target.interval() == null ? every : target.interval()));
    }
    return waiting.answer(() -> round.apply(turn));
  }

  private Instant next(Target target, Instant now) {
    return next.getOrDefault(target.service(), now);
  }

  private Instant soonest(List<Target> targets, Instant end) {
    return targets.stream()
        .map(target -> next(target, pace.now()))
        .filter(end::isAfter)
        .min(Instant::compareTo)
        .orElse(end);
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
    return new VerificationEnd(
        verdict, decisive, tally.samples(), summary, tally.log().runs(), tally.log().omitted());
  }
}
