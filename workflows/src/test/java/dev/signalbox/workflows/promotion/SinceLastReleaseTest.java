package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.deploy.RailwayStage;
import dev.signalbox.workflows.environment.ReleasedAs;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a release leaves for the next one to be compared with. */
@Execution(ExecutionMode.CONCURRENT)
class SinceLastReleaseTest {
  @Test
  void isKeptByTheLedgerOnceTheReleaseIsLive() {
    try (WholeHouse house = new WholeHouse(aPipeline())) {
      house.look(aLook().withLive(RailwayStage.GOOD).withBackendSet("numReplicas", "3"));
      assertThat(house.record().released()).isNull();

      house.promote();
      assertThat(house.promoted().result()).isEqualTo(Result.LIVE);

      ReleasedAs kept = house.record().released();
      assertThat(kept.settings())
          .containsEntry("backend.numReplicas", "3")
          .containsEntry("frontend.numReplicas", "1");
      assertThat(kept.policy())
          .containsEntry("environment.branch", "main")
          .containsEntry("people.release.ana", "there");
    }
  }

  @Test
  void isLeftAwayWhereItIsTooMuchForTheLedger() {
    ReleasedAs kept =
        new ReleasedAs(
            IntStream.range(0, 500)
                .boxed()
                .collect(Collectors.toMap(number -> "key" + number, number -> "value")),
            null);

    assertThat(kept.policy()).isEmpty();
    assertThat(kept.settings()).isEmpty();
  }
}
