package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastGoodSetTest {
  private static final ServiceDeployment RECORDED =
      new ServiceDeployment("backend", "d-good", "1".repeat(40), true, FactsFixture.NOW);

  @Test
  void isWhatServedBeforeAnythingWasTouched() {
    assertThat(LastGoodSet.of(request(recorded(), false)))
        .extracting(ServiceDeployment::service)
        .containsExactly("backend", "frontend");
  }

  @Test
  void isTheRecordedOneWhenWhatServesIsMixed() {
    assertThat(LastGoodSet.of(request(recorded(), true))).containsExactly(RECORDED);
  }

  @Test
  void isNoneWhenWhatServesIsMixedAndNothingIsOnRecord() {
    assertThat(LastGoodSet.of(request(null, true))).isEmpty();
  }

  private static LiveSet recorded() {
    return new LiveSet("1".repeat(40), null, FactsFixture.NOW, List.of(RECORDED));
  }

  private static DeployRequest request(LiveSet live, boolean mixed) {
    return new DeployRequest(
        "promotion",
        "run",
        FactsFixture.REVISION,
        null,
        "digest",
        "ana",
        live,
        mixed,
        aPipeline().build(),
        aLook().build().target(),
        1);
  }
}
