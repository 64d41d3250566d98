package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Railway is away while production hangs on what it says: not for ever in silence, and not twice.
 */
class AwayTest {
  private static final Duration AWAY = Duration.ofMinutes(5);
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final DeployHouse house = new DeployHouse(aPipeline().trusting("temporal-ui").build());

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void rescuesWithoutAskingWhenRailwayIsBackSoon() {
    house.withASickRelease().railway().away(Duration.ZERO, Duration.ofMinutes(4));

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
    assertThat(house.took(result)).isBetween(Duration.ofMinutes(4), AWAY);
  }

  @Test
  void asksInARescueOnceRailwayHasBeenAwayForLong() {
    house.withASickRelease().railway().away(Duration.ZERO, Duration.ofHours(9));
    CompletableFuture<List<Ask>> before = house.askedBy(AWAY.minus(A_MINUTE));
    CompletableFuture<List<Ask>> after = house.askedAfter(AWAY.plus(A_MINUTE));
    house.answerAfter(Duration.ofHours(1), "abandon");

    DeployResult result = house.result();

    assertThat(DeployHouse.of(before)).isEmpty();
    assertThat(DeployHouse.of(after))
        .singleElement()
        .satisfies(
            ask -> {
              assertThat(ask.text())
                  .contains("what runs could not be read for 5m: Railway is away");
              assertThat(ask.answers()).containsExactly("retry", "accept", "abandon");
            });
    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).contains("Railway is away; a person stopped here");
    assertThat(house.took(result))
        .isBetween(Duration.ofHours(1), Duration.ofHours(1).plus(A_MINUTE));
    assertThat(house.railway().deeds()).doesNotContain("rollback backend", "rollback frontend");
  }

  @Test
  void goesOnByItselfWhenRailwayComesBackWhileTheQuestionIsOpen() {
    Duration back = Duration.ofMinutes(12);
    house.withASickRelease().railway().away(Duration.ZERO, back);
    CompletableFuture<List<Ask>> open = house.askedAfter(back.minus(A_MINUTE));

    DeployResult result = house.result();

    assertThat(DeployHouse.of(open)).hasSize(1);
    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
    assertThat(house.took(result)).isBetween(back, back.plusMinutes(2));
    assertThat(house.railway().deeds())
        .containsExactly(
            "deploy backend b", "deploy frontend b", "rollback frontend", "rollback backend");
  }

  @Test
  void asksWhatBecameOfADeploymentThatNobodyCouldWatchAndGoesOnByItself() {
    Duration back = Duration.ofHours(2);
    house.railway().nextWaitIsSilent();
    house.railway().away(Duration.ZERO, back);
    CompletableFuture<List<Ask>> open = house.askedAfter(A_MINUTE);

    DeployResult result = house.result();

    assertThat(DeployHouse.of(open))
        .singleElement()
        .extracting(Ask::text)
        .asString()
        .contains("what became of d-1", "Railway has not answered for 5m");
    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(house.took(result)).isBetween(back, back.plusMinutes(2));
    assertThat(house.railway().deeds()).containsExactly("deploy backend b", "deploy frontend b");
  }

  @Test
  void takesBackWhatAPersonGaveUpWaitingFor() {
    house.railway().nextWaitIsSilent();
    house.railway().away(Duration.ZERO, Duration.ofMinutes(30));
    house.answerAfter(Duration.ofMinutes(20), "abandon");

    DeployResult result = house.result();

    assertThat(house.railway().deeds()).containsExactly("deploy backend b", "rollback backend");
    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
  }
}
