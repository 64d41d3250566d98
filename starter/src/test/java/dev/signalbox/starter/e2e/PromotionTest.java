package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromotionTest {
  @TempDir Path directory;

  @Test
  void putsTheApprovedRevisionLiveOnEveryService() {
    try (House house = House.at(directory).open()) {
      PromotionResult result = house.promoteAndApprove(House.PRODUCTION);

      assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
      assertThat(house.serves(House.PRODUCTION, result.revision())).isTrue();
      assertThat(house.effectsByService(House.DEPLOY, House.PRODUCTION))
          .isEqualTo(Map.of("backend", 1L, "frontend", 1L));
    }
  }
}
