package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs Chromium and its driver; {@code CHROMEDRIVER} names another than Debian's. */
@Tag("devserver")
final class TemporalUiTest {
  @TempDir Path directory;

  @Test
  void movesAPromotionByAnApprovalInABrowser() {
    DevServerEngine engine = DevServerEngine.start(directory);
    try (House house = House.at(directory).on(engine).open();
        TemporalUi ui = new TemporalUi(engine.ui())) {
      String id = house.promote();
      String digest = house.awaitApproval(id).digest().substring(0, 12);

      ui.open(id).awaitDetails("digest " + digest).awaitDetails("waits for approval-1: ");
      // That tab takes the key R for itself, in the dialogue too.
      ui.open(id)
          .signal(
              "approve",
              "{\"digest\":\"" + digest + "\",\"person\":\"ana\",\"reason\":\"seen on staging\"}");

      assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
      assertThat(house.status(id).orElseThrow().decisions())
          .singleElement()
          .returns("temporal-ui", Decision::door)
          .returns(true, Decision::counted);
    }
  }
}
