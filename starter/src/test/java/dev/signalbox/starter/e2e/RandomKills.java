package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Journal;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SIGKILL of the worker at random moments, one in each promotion. {@code -Dsignalbox.crash.seed}
 * repeats a run's moments, {@code -Dsignalbox.crash.kills} says how many there are in all.
 */
abstract class RandomKills {
  private static final int LANES = 3;
  static final long SEED = Long.getLong("signalbox.crash.seed", System.nanoTime());
  static final int KILLS = Integer.getInteger("signalbox.crash.kills", 30);

  abstract TestEngine engine(Path directory);

  /** What is to stand in the house beside the usual. */
  HousePlan planned(HousePlan plan) {
    return plan;
  }

  /** How often each service of production was deployed since then. */
  Map<String, Long> deployments(House house, int since) {
    return house.sandbox().journal().since(since).stream()
        .filter(entry -> entry.changedState() && entry.operation().equals(House.DEPLOY))
        .filter(entry -> House.PRODUCTION.equals(entry.target().environment()))
        .collect(Collectors.groupingBy(e -> e.target().service(), Collectors.counting()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @Execution(ExecutionMode.CONCURRENT)
  void everyPromotionEndsLiveByOneEffectEach(int lane, @TempDir Path directory) {
    Random random = new Random(SEED + lane);
    int kills = KILLS / LANES + (lane < KILLS % LANES ? 1 : 0);
    try (House house =
        planned(House.at(directory)).workerSupervised().on(engine(directory)).open()) {
      // The first one is slower than all others: everything is cold.
      new Round(house, Duration.ofDays(1)).play();
      house.releaseOnStaging();
      Duration whole = new Round(house, Duration.ofDays(1)).play().took();
      for (int kill = 1; kill <= kills; ) {
        Duration moment = Duration.ofMillis(random.nextLong(whole.toMillis()));
        house.releaseOnStaging();
        Outcome outcome = new Round(house, moment).play();
        System.out.printf(
            "seed=%d lane=%d kill=%d of %d after=%dms %s%n",
            SEED, lane, kill, kills, moment.toMillis(), outcome);
        assertThat(outcome.objections()).as("seed %d, lane %d: %s", SEED, lane, outcome).isEmpty();
        // One that was quicker than its moment was not killed: it counts for nothing.
        kill += outcome.killedIn() == null ? 0 : 1;
      }
    }
  }

  /**
   * How one round ended.
   *
   * @param killedIn what the promotion did at that moment; null = it had ended before
   */
  private record Outcome(
      Result result, String killedIn, int asked, Duration took, Set<String> objections) {}

  /** One promotion of what is on staging, and one kill on its way. */
  private final class Round {
    private final House house;
    private final Duration moment;
    private final int before;
    private final Set<String> answered = new HashSet<>();
    private final Set<String> objections = new HashSet<>();
    private String killedIn;
    private int asked;

    Round(House house, Duration moment) {
      this.house = house;
      this.moment = moment;
      this.before = house.sandbox().journal().last();
    }

    Outcome play() {
      // A kill at the end of the round before may leave the ledger's tasks to the dead worker's
      // sticky queue for some seconds; nobody promised an answer within those.
      house.awaitWorker(House.PRODUCTION);
      String id = house.promote();
      Instant started = Instant.now();
      PromotionStatus[] last = new PromotionStatus[1];
      Eventually.closely(
          () -> id + " ends",
          () -> {
            if (killedIn == null && Instant.now().isAfter(started.plus(moment))) {
              killedIn = last[0] == null ? "resolving" : last[0].state();
              house.killWorker();
              house.startWorker();
            }
            Optional<PromotionStatus> seen = house.status(id);
            seen.ifPresent(
                status -> {
                  last[0] = status;
                  status.asks().forEach(ask -> answer(id, ask));
                });
            return seen.isPresent() && seen.get().result() != null;
          });
      Duration took = Duration.between(started, Instant.now());
      if (last[0].result().result() != Result.LIVE) {
        objections.add("not live: " + last[0].result().detail());
      }
      if (merges() != 1) {
        objections.add(merges() + " merges");
      }
      if (!deployments().equals(Map.of("backend", 1L, "frontend", 1L))) {
        objections.add("deployments " + deployments());
      }
      return new Outcome(last[0].result().result(), killedIn, asked, took, objections);
    }

    // A question may stand only where nothing became visible: then nothing was done.
    private void answer(String id, Ask ask) {
      if (!answered.add(ask.id())) {
        return;
      }
      if (ask.kind() == Ask.Kind.APPROVAL) {
        house.approve(id, ask);
        return;
      }
      asked++;
      String service = ask.step().replaceFirst(".*-", "");
      if (deployments().containsKey(service)) {
        objections.add("asked although the effect can be seen: " + ask);
      }
      house.resolve(id, ask, "not-done");
    }

    private long merges() {
      return effects(House.MERGE).stream()
          .filter(entry -> "main".equals(entry.target().branch()))
          .count();
    }

    private Map<String, Long> deployments() {
      return RandomKills.this.deployments(house, before);
    }

    private List<Journal.Entry> effects(String operation) {
      return house.sandbox().journal().since(before).stream()
          .filter(entry -> entry.changedState() && entry.operation().equals(operation))
          .toList();
    }
  }
}
