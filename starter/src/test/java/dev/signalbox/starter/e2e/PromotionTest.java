package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromotionTest {
  @TempDir Path directory;

  @Test
  void putsTheApprovedRevisionLiveOnEveryService() {
    try (House house = House.in(directory)) {
      String id = house.promote();
      house.approve(id);

      PromotionResult result =
          house.temporal().newUntypedWorkflowStub(id).getResult(PromotionResult.class);

      assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
      assertThat(house.effects("serviceInstanceDeployV2")).hasSize(2);
    }
  }
}
