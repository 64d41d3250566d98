package dev.signalbox.workflows.rollback;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.deploy.DeployHouse;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.fixtures.Person.Question;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rescue whose set Railway would not simply roll back to. */
class WaysBackTest {
  private DeployHouse house;

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void startsTheImageAgainWhereRailwayDoesNotRollBackToIt() {
    house = sick(aPipeline());
    house.railway().dropImages(false);

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
    assertThat(result.detail())
        .contains("backend from its image, with today's variables")
        .contains("frontend from its image, with today's variables");
    assertThat(house.railway().deeds())
        .containsExactly(
            "deploy backend b", "deploy frontend b", "redeploy frontend", "redeploy backend");
  }

  @Test
  void namesTheVariablesThatChangeBackWithARollback() {
    house = sick(aPipeline());
    house.railway().changeVariables("backend", "API_KEY", "FEATURE");

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
    assertThat(result.detail())
        .contains("backend variables that changed back: API_KEY, FEATURE")
        .doesNotContain("frontend variables");
  }

  @Test
  void namesThemWhereAPersonIsAskedFirst() {
    house = sick(aPipeline().askingBeforeARescue().trusting("temporal-ui"));
    house.railway().changeVariables("backend", "API_KEY");
    Question asked = house.answerAfter(Duration.ofHours(3), "rollback");

    assertThat(house.result().result()).isEqualTo(Result.ROLLED_BACK);

    assertThat(asked.ask().toString())
        .contains("variables that a rollback changes back: backend API_KEY");
  }

  @Test
  void namesTheVariablesThatStayAsTheyAreWithAnImageThatIsStartedAgain() {
    house = sick(aPipeline());
    house.railway().dropImages(false);
    house.railway().changeVariables("backend", "API_KEY");

    assertThat(house.result().detail())
        .contains(
            "backend from its image, with today's variables, which differ from those of then in"
                + " API_KEY");
  }

  @Test
  void startsTheImageAgainWhereRailwayRefusesTheRollback() {
    house = sick(aPipeline());
    house.railway().refuse("rollback");

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
    assertThat(house.railway().deeds()).contains("redeploy frontend", "redeploy backend");
  }

  @Test
  void buildsTheOldCommitAgainOnlyWhereThePolicySaysSo() {
    house = sick(aPipeline().rebuildingWhatIsGone());
    house.railway().dropImages(true);

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
    assertThat(result.detail()).contains("backend built again, with today's variables");
    assertThat(house.railway().deeds())
        .containsExactly(
            "deploy backend b", "deploy frontend b", "deploy frontend a", "deploy backend a");
  }

  @Test
  void asksWhereTheImageIsGoneAndNothingMayBeBuilt() {
    house = sick(aPipeline());
    house.railway().dropImages(true);
    Question asked = house.answerAfter(Duration.ofMinutes(2), "abandon");

    DeployResult result = house.result();

    assertThat(asked.ask().text())
        .contains("its image is gone; rebuild = true would build it again");
    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(house.railway().deeds()).containsExactly("deploy backend b", "deploy frontend b");
  }

  @Test
  void asksWithEveryRefusalWhenNoWayIsLeft() {
    house = sick(aPipeline());
    house.railway().refuse("rollback");
    house.railway().refuse("redeploy");
    Question asked = house.answerAfter(Duration.ofMinutes(2), "abandon");

    house.result();

    assertThat(asked.ask().text())
        .contains("rollback: Railway refuses to rollback; redeploy: Railway refuses to redeploy")
        .contains("rebuild = true would build it again: set it, stop here, and ask for a rollback");
  }

  private static DeployHouse sick(PipelineFixture pipeline) {
    return new DeployHouse(pipeline.trusting("temporal-ui").build()).withASickRelease();
  }
}
