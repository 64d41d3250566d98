package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Journal;
import dev.signalbox.sandbox.SandboxSettings.Plan;
import dev.signalbox.sandbox.SecondaryLimits;
import dev.signalbox.workers.TroubleException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred pull requests at once, at a Railway and a GitHub that count as the real ones do. */
@Tag("crash")
@Order(House.LONG)
final class HundredPreviewsTest {
  private static final int MANY = 100;
  private static final int STEPS = 10;

  @TempDir Path directory;
  private House house;
  private PullRequests pulls;

  @Test
  void areMadeAndRemovedWithoutOneRefusal() {
    try (House opened =
        House.at(directory)
            .sandbox(
                plan ->
                    plan.withPlan(Plan.PRO)
                        .withGitHub(plan.github().limitedBy(SecondaryLimits.GITHUB))
                        .withTiming(plan.timing().creatingEvery(Duration.ZERO)))
            .workerApart()
            .open()) {
      house = opened;
      pulls = new PullRequests(house);
      List<Integer> numbers = new ArrayList<>();
      for (int number = 1; number <= MANY; number++) {
        numbers.add(pulls.open("f-" + number));
      }

      sweep();
      for (int step = 1; step <= STEPS; step++) {
        int so = step * MANY / STEPS;
        await(so + " are there", () -> pulls.environments().size() >= so);
      }
      assertThat(pulls.environments()).doesNotHaveDuplicates().hasSize(MANY);
      assertThat(refusals()).isEmpty();

      numbers.forEach(pulls::close);
      sweep();
      for (int step = STEPS - 1; step >= 0; step--) {
        int so = step * MANY / STEPS;
        await(so + " are left", () -> pulls.environments().size() <= so);
      }
      assertThat(refusals()).isEmpty();
      assertThat(effects(PullRequests.CREATE)).isEqualTo(MANY);
      assertThat(effects(PullRequests.DELETE)).isEqualTo(MANY);
    }
  }

  /** Who waits for its answer no longer has begun it all the same. */
  private void sweep() {
    try {
      house.client().previews().sweep("ana");
    } catch (TroubleException slow) {
      System.out.println("the sweep takes its time: " + slow.getMessage());
    }
  }

  private void await(String what, BooleanSupplier so) {
    Eventually.that(() -> what + "; now " + pulls.environments().size(), so);
  }

  private long effects(String operation) {
    return ours().stream()
        .filter(entry -> entry.changedState() && entry.operation().equals(operation))
        .count();
  }

  private List<Journal.Entry> refusals() {
    return ours().stream().filter(entry -> entry.status() == 429 || entry.status() == 403).toList();
  }

  private List<Journal.Entry> ours() {
    return house.sandbox().journal().entries().stream()
        .filter(entry -> entry.caller().startsWith("signalbox"))
        .toList();
  }
}
