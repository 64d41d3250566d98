package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.DeploymentFailure;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailureReadsTest {
  private final DeployHouse house = new DeployHouse(aPipeline().trusting("temporal-ui").build());

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void carriesTheFailedStepAndTheLogsOfWhatFailed() {
    house.railway().nextWait(house.railway()::failed);

    DeployResult result = house.result();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.service()).isEqualTo("backend");
              assertThat(failure.deploymentId()).isEqualTo("d-1");
              assertThat(failure.steps()).containsExactly("BUILD_IMAGE: no space");
              assertThat(failure.buildLog()).containsExactly("step 1", "no space left");
            });
  }

  @Test
  void readsNothingOfWhatDidNotFail() {
    assertThat(house.result().failures()).isEmpty();
  }

  @Test
  void isRescuedAllTheSameWhenTheLogsCannotBeRead() {
    house
        .railway()
        .nextWait(
            order -> {
              house.railway().away(Duration.ofMinutes(3));
              return house.railway().failed(order);
            });

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).contains("nothing was replaced");
    assertThat(result.failures())
        .singleElement()
        .extracting(DeploymentFailure::unread)
        .isEqualTo("Railway is away");
  }
}
