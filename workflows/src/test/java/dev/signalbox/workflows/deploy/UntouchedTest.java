package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.Step;
import dev.signalbox.workflows.release.Step.State;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a service that a release leaves as it is. */
class UntouchedTest {
  private DeployHouse house;

  @BeforeEach
  void open() {
    house = new DeployHouse(aPipeline().skippingWhatIsUnchanged().build());
  }

  @AfterEach
  void close() {
    house.close();
  }

  private static List<Step> deploys(DeployResult result) {
    return result.steps().stream().filter(step -> step.name().equals("deploy")).toList();
  }

  @Test
  void staysInTheSetOnItsOlderCommit() {
    DeployResult result = house.leaving("backend").result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(house.railway().deeds()).containsExactly("deploy frontend b");
    assertThat(result.live().revision()).isEqualTo(DeployHouse.REVISION);
    assertThat(result.live().deployments())
        .extracting(ServiceDeployment::id, ServiceDeployment::revision)
        .containsExactly(
            tuple("good-backend", RailwayStage.GOOD), tuple("d-1", DeployHouse.REVISION));
    assertThat(deploys(result))
        .extracting(Step::service, Step::state)
        .containsExactly(tuple("backend", State.SKIPPED), tuple("frontend", State.DONE));
    assertThat(deploys(result).get(0).detail())
        .isEqualTo("unchanged: nothing under its paths differs, so it stays on aaaaaaa");
  }

  @Test
  void isVerifiedByTheVersionThatItRuns() {
    house.leaving("backend").result();

    assertThat(house.observedLast().verify().targets())
        .extracting(Target::service, target -> target.version().revision())
        .containsExactly(
            tuple("backend", RailwayStage.GOOD), tuple("frontend", DeployHouse.REVISION));
  }

  @Test
  void isLeftAloneByTheRescueOfTheOthers() {
    DeployResult result = house.withASickRelease().leaving("backend").result();

    assertThat(result.result()).isEqualTo(Result.ROLLED_BACK);
    assertThat(house.railway().deeds()).containsExactly("deploy frontend b", "rollback frontend");
    assertThat(result.live().deployments())
        .extracting(ServiceDeployment::service, ServiceDeployment::revision)
        .containsExactly(tuple("backend", RailwayStage.GOOD), tuple("frontend", RailwayStage.GOOD));
  }

  @Test
  void isRecordedAsApartWhenAnotherIsDeployedAlone() {
    DeployResult result = house.deployingTheBackendAlone().result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(house.railway().deeds()).containsExactly("deploy backend b");
    assertThat(result.live().revision()).isEqualTo(DeployHouse.REVISION);
    assertThat(result.live().apart()).containsExactly("frontend");
    assertThat(result.live().deployments())
        .extracting(ServiceDeployment::service, ServiceDeployment::revision)
        .containsExactly(
            tuple("backend", DeployHouse.REVISION), tuple("frontend", RailwayStage.GOOD));
    assertThat(result.detail())
        .isEqualTo(
            "live and verified: backend only, the set is no longer of one commit"
                + " (frontend left as it is)");
  }

  @Test
  void isLeftAloneWhenTheOneThatWasDeployedAloneGoesBack() {
    DeployResult result = house.withASickRelease().deployingTheBackendAlone().result();

    assertThat(result.result()).isEqualTo(Result.ROLLED_BACK);
    assertThat(house.railway().deeds()).containsExactly("deploy backend b", "rollback backend");
    assertThat(result.live().revision()).isEqualTo(RailwayStage.GOOD);
    assertThat(result.live().whole()).isTrue();
  }

  @Test
  void leavesNothingToGoBackFromWhenItIsAllThereIs() {
    DeployResult result = house.withASickRelease().leaving("backend", "frontend").result();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(house.railway().deeds()).isEmpty();
    assertThat(result.detail()).endsWith("nothing was replaced");
    assertThat(result.mixed()).isFalse();
  }
}
