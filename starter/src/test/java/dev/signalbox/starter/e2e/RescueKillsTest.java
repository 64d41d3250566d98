package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.sandbox.Target;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rescue in bad hours: its worker is killed, and Railway hangs or answers 5xx for half a minute.
 */
@Tag("crash")
final class RescueKillsTest {
  private static final Map<String, Long> ONE_EACH = Map.of("backend", 1L, "frontend", 1L);
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  private static final String SENT = "sent";
  private static final String BEFORE = "before";
  private static final String BETWEEN = "between";
  private static final String AFTER = "after";
  private static final List<String> KILLED = List.of(SENT, BEFORE, BETWEEN, AFTER);

  @Test
  void rollsBackOnceForEachServiceThoughItsWorkerDies(@TempDir Path directory) {
    try (House house = House.at(directory).environments(KILLED).workerApart().open()) {
      Map<String, String> ids = soaking(house, KILLED);
      // Back to front: the frontend is put back first.
      hold(house, Rule.of(House.ROLLBACK, Fault.HANG).on(in(SENT)).times(1));
      hold(house, Rule.of("deployments", Fault.HANG).on(in(BEFORE)).times(9));
      hold(
          house,
          Rule.of("deployments", Fault.HANG).on(in(BETWEEN).withService("backend")).times(9));
      hold(house, Rule.of(House.ROLLBACK, Fault.HANG).on(in(AFTER).withService("backend")));
      KILLED.forEach(environment -> house.sicken(environment, "backend"));
      awaitHung(house, House.ROLLBACK, in(SENT));
      awaitHung(house, "deployments", in(BEFORE));
      awaitHung(house, "deployments", in(BETWEEN));
      awaitHung(house, House.ROLLBACK, in(AFTER));

      house.killWorker();
      house.sandbox().faults().clear();
      house.startWorker();

      for (String environment : KILLED) {
        PromotionResult result = house.end(ids.get(environment));
        assertThat(result.result())
            .as("%s: %s", environment, result.report())
            .isEqualTo(Result.ROLLED_BACK);
        assertThat(house.effectsByService(House.ROLLBACK, environment))
            .as(environment)
            .isEqualTo(ONE_EACH);
      }
    }
  }

  @Test
  void rollsBackOnceForEachServiceThoughRailwayIsIllForHalfAMinute(@TempDir Path directory) {
    rollsBackOnceThrough(
        directory, Rule.of("*", Fault.SERVER_ERROR).at("railway").times(0).lasting(HALF_A_MINUTE));
  }

  @Test
  void rollsBackOnceForEachServiceThoughRailwayCutsEveryAnswerForHalfAMinute(
      @TempDir Path directory) {
    rollsBackOnceThrough(
        directory, Rule.of("*", Fault.RESET_AFTER).at("railway").times(0).lasting(HALF_A_MINUTE));
  }

  @Test
  void rollsBackOnceForEachServiceThoughEveryRollbackHangs(@TempDir Path directory) {
    rollsBackOnceThrough(directory, Rule.of(House.ROLLBACK, Fault.HANG).times(0));
  }

  private static void rollsBackOnceThrough(Path directory, Rule fault) {
    try (House house = House.at(directory).soaking(House.PRODUCTION, "90s").open()) {
      String id = soaking(house, List.of(House.PRODUCTION)).get(House.PRODUCTION);
      house.sicken(House.PRODUCTION, "backend");
      hold(house, fault);

      PromotionResult result = house.end(id);

      assertThat(result.result()).as(result.report()).isEqualTo(Result.ROLLED_BACK);
      assertThat(house.effectsByService(House.ROLLBACK, House.PRODUCTION)).isEqualTo(ONE_EACH);
    }
  }

  private static Map<String, String> soaking(House house, List<String> environments) {
    house.configure(
        toml -> {
          String changed = toml;
          for (String environment : environments) {
            changed = PolicyText.with(changed, environment, "soak", "\"90s\"");
          }
          return changed;
        });
    Map<String, String> ids = new LinkedHashMap<>();
    environments.forEach(environment -> ids.put(environment, house.promote(environment)));
    environments.forEach(environment -> house.approve(ids.get(environment)));
    environments.forEach(house::awaitSoak);
    return ids;
  }

  private static Target in(String environment) {
    return Target.NONE.withEnvironment(environment);
  }

  private static void hold(House house, Rule rule) {
    house.sandbox().faults().add(rule);
  }

  private static void awaitHung(House house, String operation, Target target) {
    house.awaitCall(
        entry ->
            entry.operation().equals(operation)
                && entry.fault() != null
                && target.environment().equals(entry.target().environment())
                && (target.service() == null || target.service().equals(entry.target().service())));
  }
}
