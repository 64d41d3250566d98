package dev.signalbox.workflows.preview;

import static dev.signalbox.workflows.fixtures.PipelineFixture.PROJECT;
import static dev.signalbox.workflows.preview.PreviewHouse.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import dev.signalbox.workflows.preview.PreviewUse.Told;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run that goes on with the preview of one whose history was full. */
class PreviewContinuedTest {
  private final PreviewHouse house = new PreviewHouse();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void saysNothingASecondTimeOfACommitThatWaits() {
    house.full("limit is 1");
    house.after(Duration.ofMinutes(10), house::closePull);

    house.begin(
        PreviewState.fresh(PROJECT, 7)
            .at(Stage.WAITING, "limit is 1")
            .telling(new Told(null, FIRST, "waits for room")));
    house.end();

    assertThat(house.said())
        .singleElement()
        .satisfies(said -> assertThat(said.markdown()).contains("removed"))
        .satisfies(said -> assertThat(said.former()).isEqualTo(FIRST));
  }

  @Test
  void saysWhenItGoesAboveWhatWasSaidBefore() {
    house.whenSaid(1, house::closePull);

    house.begin(
        PreviewState.fresh(PROJECT, 7)
            .in("e-7", null)
            .with(FIRST)
            .at(Stage.FAILED, "503 sick")
            .telling(new Told("inspector-pr-7", null, "it failed")));
    house.preview().swept(new Sighting("e-7", null, false, null, Instant.EPOCH, false, null));
    house.end();

    assertThat(house.said().get(0).markdown()).contains("It goes on").endsWith("it failed");
    assertThat(house.said().get(0).environment()).isEqualTo("inspector-pr-7");
  }
}
