package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("devserver")
final class DevServerRestartTest {
  @TempDir Path directory;

  @Test
  void finishesByOneEffectEachWhenTheServerIsKilledInMidPromotion() {
    DevServerEngine engine = DevServerEngine.start(directory);
    try (House house =
        House.at(directory).soaking(House.PRODUCTION, "5s").workerApart().on(engine).open()) {
      String id = house.promote();
      house.approve(id);
      house.awaitSoak(House.PRODUCTION);
      engine.killAndRestart();

      PromotionResult result = house.end(id);

      assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
      assertThat(house.mergesInto("main")).isEqualTo(1);
      assertThat(house.effectsByService(House.DEPLOY, House.PRODUCTION))
          .isEqualTo(Map.of("backend", 1L, "frontend", 1L));
    }
  }

  @Test
  void keepsTheApprovalThatItAcceptedBeforeItWasKilled() {
    DevServerEngine engine = DevServerEngine.start(directory);
    try (House house = House.at(directory).workerApart().on(engine).open()) {
      String id = house.promote();
      var ask = house.awaitApproval(id);
      house.killWorker();
      house.approve(id, ask);
      engine.killAndRestart();
      house.startWorker();

      assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
    }
  }
}
