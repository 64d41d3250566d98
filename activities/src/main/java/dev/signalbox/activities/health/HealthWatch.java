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
   * @param longest after this time every target is asked once more
   * @param beyond how long all of them are asked on after that while the watch is not healthy
   */
  record Question(Duration longest, Duration beyond, Answer answer) {}

  /** Whether the watch may end as healthy, after each round. */
  interface Answer {
    boolean healthy(Tally tally, boolean timeIsUp);
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
    Instant last = end.plus(question.beyond());
    while (true) {
      // Told before the round: one that began in time has not asked everybody, however long it
      // took.
      Instant now = pace.now();
      boolean timeIsUp = !now.isBefore(end);
      for (Sample sample : sample(asked, every, now, timeIsUp)) {
        tally = budgets.count(tally, sample);
        Optional<Verdict> spent = budgets.spent(tally);
        if (spent.isPresent()) {
          return end(spent.get(), sample);
        }
      }
      if (question.answer().healthy(tally, timeIsUp)) {
        return end(Verdict.HEALTHY, tally.lastOther());
      }
      if (!now.isBefore(last)) {
        return end(Verdict.TIMED_OUT, tally.lastOther());
      }
      waiting.until(
          timeIsUp ? sooner(now.plus(every), last) : soonest(asked.now(tally, false), end));
    }
  }

  private static Instant sooner(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** One sample of each whose turn it is. */
  private List<Sample> sample(Asked asked, Duration every, Instant now, boolean timeIsUp) {
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
