package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.fixtures.Person.Question;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Duration;
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
    Duration back = Duration.ofMinutes(2);
    house.withASickRelease().railway().away(back);
    Question asked = house.person().seesAfter(A_MINUTE, () -> {});

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
    assertThat(house.took(result)).isBetween(back, AWAY);
    assertThat(asked.wasSeen()).isFalse();
  }

  @Test
  void asksInARescueOnceRailwayHasBeenAwayForLong() {
    house.withASickRelease().railway().away();
    Question asked = house.answerAfter(Duration.ofHours(1), "abandon");

    DeployResult result = house.result();

    Ask ask = asked.ask();
    assertThat(ask.askedAt()).isAfterOrEqualTo(house.began().plus(AWAY.minus(A_MINUTE)));
    assertThat(ask.text()).contains("what runs could not be read for 5m: Railway is away");
    assertThat(ask.answers()).containsExactly("retry", "accept", "abandon");
    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).contains("Railway is away; a person stopped here");
    assertThat(house.took(result)).isGreaterThanOrEqualTo(Duration.ofHours(1));
    assertThat(house.railway().deeds()).doesNotContain("rollback backend", "rollback frontend");
  }

  @Test
  void goesOnByItselfWhenRailwayComesBackWhileTheQuestionIsOpen() {
    house.withASickRelease().railway().away();
    house.person().seesAfter(Duration.ofMinutes(11), house.railway()::back);

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
    assertThat(house.tookOnceRailwayWasBack(result)).isLessThan(Questions.REREAD);
    assertThat(house.railway().deeds())
        .containsExactly(
            "deploy backend b", "deploy frontend b", "rollback frontend", "rollback backend");
  }

  @Test
  void asksWhatBecameOfADeploymentThatNobodyCouldWatchAndGoesOnByItself() {
    house.railway().nextWaitIsSilent();
    house.railway().away();
    Question asked = house.person().seesAfter(Duration.ofHours(2), house.railway()::back);

    DeployResult result = house.result();

    assertThat(asked.ask().text())
        .contains("what became of d-1", "Railway has not answered for 5m");
    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(house.tookOnceRailwayWasBack(result)).isLessThan(Questions.REREAD);
    assertThat(house.railway().deeds()).containsExactly("deploy backend b", "deploy frontend b");
  }

  @Test
  void takesBackWhatAPersonGaveUpWaitingFor() {
    house.railway().nextWaitIsSilent();
    house.railway().away();
    house
        .person()
        .seesAfter(
            Duration.ofMinutes(20),
            () -> {
              house.person().answers("abandon");
              house.railway().back();
            });

    DeployResult result = house.result();

    assertThat(house.railway().deeds()).containsExactly("deploy backend b", "rollback backend");
    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
  }
}
