package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecisionsTest {
  @TempDir Path directory;

  @Test
  void countsAnApprovalThatARawClientSignalledWhileNoWorkerRan() {
    try (House house = House.at(directory).open()) {
      String id = house.promote();
      Ask ask = house.awaitApproval(id);
      house.stopWorker();

      house
          .temporal()
          .newUntypedWorkflowStub(id)
          .signal(
              "approve",
              Map.of(
                  "digest",
                  ask.digest().substring(0, 12),
                  "person",
                  "ana",
                  "reason",
                  "looks good"));
      house.startWorker();

      assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
      assertThat(house.status(id).orElseThrow().decisions())
          .singleElement()
          .satisfies(
              decision -> {
                assertThat(decision.counted()).isTrue();
                assertThat(decision.door()).isEqualTo("temporal-ui");
                assertThat(decision.person()).isEqualTo("ana");
              });
    }
  }
}
