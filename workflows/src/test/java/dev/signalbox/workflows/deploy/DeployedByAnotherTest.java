package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.Deployment.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before the release somebody else has put another commit on one service. */
class DeployedByAnotherTest {
  private final DeployHouse house = new DeployHouse(aPipeline().build());

  @BeforeEach
  void replaceTheFrontend() {
    house.railway().deployedByItself("frontend", "foreign", "f".repeat(40), Status.ACTIVE);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void callsWhatItWentBackToNoSetThatWasVerified() {
    DeployResult result = house.withASickRelease().result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
    assertThat(result.live()).isNull();
    assertThat(result.mixed()).isTrue();
    assertThat(result.detail())
        .contains(
            "what ran before was no set that was verified: frontend fffffff, deployed by somebody"
                + " else");
  }

  @Test
  void leavesTheRecordedSetForALaterRollback() {
    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(result.former().deployments()).extracting("id").doesNotContain("foreign");
  }
}
