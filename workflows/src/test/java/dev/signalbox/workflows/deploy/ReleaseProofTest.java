package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.workflows.fixtures.Person.Question;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.health.Proof;
import dev.signalbox.workflows.health.Proof.Strength;
import dev.signalbox.workflows.health.SmokeActivities.Outcome;
import dev.signalbox.workflows.health.SmokeActivities.SmokeEnd;
import dev.signalbox.workflows.policy.EnvironmentPolicy.AutoDeploy;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.AwaitOrder;
import dev.signalbox.workflows.railway.DeploymentEnd;
import dev.signalbox.workflows.release.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a release is proved by, and what becomes of it when the proof fails. */
class ReleaseProofTest {
  private DeployHouse house;

  private DeployHouse house(PipelineFixture pipeline) {
    house = new DeployHouse(pipeline.trusting("temporal-ui").build());
    return house;
  }

  @AfterEach
  void close() {
    house.close();
  }

  private static PipelineFixture smoking() {
    return aPipeline()
        .withSmokeTest("pytest", "{url}", "{url.backend}", "{revision}", "{environment}");
  }

  private static SmokeEnd end(Outcome outcome, Integer code, String detail) {
    return new SmokeEnd(outcome, code, detail, List.of("1 failed, 3 passed"));
  }

  private static List<String> steps(DeployResult result, String name) {
    return result.steps().stream()
        .filter(step -> step.name().equals(name))
        .map(Step::detail)
        .toList();
  }

  @Test
  void saysWhatProvedEachService() {
    DeployResult result = house(aPipeline()).result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.proof().services())
        .extracting(Proof.Service::service, Proof.Service::strength)
        .containsExactly(tuple("backend", Strength.VERSION), tuple("frontend", Strength.VERSION));
    assertThat(result.proof().services().get(0).sentence())
        .isEqualTo("shows " + DeployHouse.REVISION + " at /version; answers well at /health");
    assertThat(result.proof().samples())
        .extracting(Proof.Watched::step)
        .containsExactly("verify", "soak");
    assertThat(steps(result, "platform")).isEmpty();
  }

  @Test
  void confirmsByThePlatformWhatShowsNoVersion() {
    DeployResult result = house(aPipeline().showingNoVersions()).result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.proof().services())
        .extracting(Proof.Service::strength)
        .containsOnly(Strength.HEALTH);
    assertThat(steps(result, "platform"))
        .singleElement()
        .asString()
        .contains("backend, frontend", "weaker evidence");
  }

  @Test
  void provesAJobByItsEndAndWaitsForItBeforeTheNextService() {
    DeployHouse working = house(aPipeline().withABackendThatIsAJob());

    DeployResult result = working.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(working.railway().waited())
        .extracting(AwaitOrder::service, AwaitOrder::job)
        .containsExactly(tuple("backend", true), tuple("frontend", false));
    assertThat(result.proof().services().get(0).strength()).isEqualTo(Strength.PLATFORM);
    assertThat(result.proof().services().get(0).sentence()).contains("completed: the job ended");
    assertThat(steps(result, "platform")).singleElement().asString().contains("backend");
  }

  @Test
  void goesBackWhenAJobDoesNotEndInTime() {
    DeployHouse working = house(aPipeline().withABackendThatIsAJob());
    String sentence = "the job has not ended after 20m, last seen SUCCESS (the job still runs)";
    working
        .railway()
        .nextWait(
            order ->
                new DeploymentEnd(working.railway().active(order).last(), true, sentence, null));

    DeployResult result = working.result();

    assertThat(result.result()).isEqualTo(Result.ROLLED_BACK);
    assertThat(result.detail()).contains("backend " + sentence);
    assertThat(working.railway().deeds()).containsExactly("deploy backend b", "rollback backend");
  }

  @Test
  void takesBackWhatIsNoLongerActiveAndDoesNotBlameTheCommit() {
    DeployHouse changed = house(aPipeline().showingNoVersions());
    changed.beforeTheSoakEnds(
        () -> changed.railway().deployedByAnother("frontend", "c".repeat(40)));

    DeployResult result = changed.result();

    assertThat(result.result()).isEqualTo(Result.ROLLED_BACK);
    assertThat(result.detail())
        .contains("frontend shows no version, and Railway says that", "c".repeat(40));
    assertThat(result.quarantine()).isFalse();
  }

  @Test
  void asksWhetherTheReleaseIsGoodWhenThePlatformIsAwayAtTheEnd() {
    DeployHouse away = house(aPipeline().showingNoVersions());
    away.beforeTheSoakEnds(away.railway()::away);
    Question asked = away.answerAfter(Duration.ofHours(2), "accept");

    DeployResult result = away.result();

    assertThat(asked.ask().answers()).containsExactly("retry", "accept", "rollback");
    assertThat(asked.ask().text()).contains("backend, frontend", "Railway is away");
    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(steps(result, "platform"))
        .singleElement()
        .asString()
        .contains("accepted by a person", "Railway is away");
  }

  @Test
  void takesBackWhatThePlatformCannotConfirmWhenAPersonSaysSo() {
    DeployHouse away = house(aPipeline().showingNoVersions());
    away.beforeTheSoakEnds(away.railway()::away);
    away.person()
        .seesAfter(
            Duration.ofHours(2),
            () -> {
              away.person().answers("rollback");
              away.railway().back();
            });

    DeployResult result = away.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
    assertThat(result.quarantine()).isFalse();
  }

  @Test
  void asksThePlatformAgainByItselfWhenItIsBack() {
    DeployHouse away = house(aPipeline().showingNoVersions());
    away.beforeTheSoakEnds(() -> away.railway().away(Duration.ofHours(1)));

    DeployResult result = away.result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(steps(result, "platform")).singleElement().asString().contains("weaker evidence");
  }

  @Test
  void offersNoAcceptWhereNoDeploymentOfThePushIsKnown() {
    DeployHouse following =
        house(aPipeline().withAutoDeploy(AutoDeploy.OBSERVE)).merging().leaving("frontend");
    following.railway().away();
    Question asked =
        following
            .person()
            .seesAfter(
                Duration.ofMinutes(90),
                () -> {
                  following.person().answers("abandon");
                  following.railway().back();
                });

    DeployResult result = following.result();

    assertThat(asked.ask().answers()).containsExactly("retry", "abandon");
    assertThat(asked.ask().text()).endsWith(". Read again, or stop here?");
    assertThat(result.detail()).contains("a person stopped here");
  }

  @Test
  void runsTheSmokeTestBetweenVerificationAndSoak() {
    DeployHouse smoking = house(smoking()).smoking(end(Outcome.PASSED, 0, "exit code 0"));

    DeployResult result = smoking.result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.steps()).extracting(Step::name).endsWith("verify", "smoke", "soak");
    assertThat(smoking.smoked())
        .containsExactly(
            List.of(
                "pytest",
                "http://frontend",
                "http://backend",
                DeployHouse.REVISION,
                PipelineFixture.ENVIRONMENT));
  }

  @Test
  void takesBackAReleaseWhoseSmokeTestFails() {
    DeployResult result = house(smoking()).smoking(end(Outcome.FAILED, 2, "exit code 2")).result();

    assertThat(result.result()).isEqualTo(Result.ROLLED_BACK);
    assertThat(result.detail()).contains("the smoke test failed: exit code 2");
    assertThat(result.evidence())
        .containsExactly("smoke: exit code 2", "smoke: 1 failed, 3 passed");
    assertThat(result.quarantine()).isTrue();
  }

  @Test
  void doesNotBlameTheCommitForATestThatDidNotEnd() {
    DeployResult result =
        house(smoking()).smoking(end(Outcome.TIMED_OUT, null, "was killed")).result();

    assertThat(result.result()).isEqualTo(Result.ROLLED_BACK);
    assertThat(result.quarantine()).isFalse();
  }

  @Test
  void asksWhenTheTestSaysNothing() {
    DeployHouse smoking =
        house(smoking())
            .smoking(
                end(Outcome.NOT_STARTED, null, "no such program"),
                end(Outcome.PASSED, 0, "exit code 0"));
    smoking.answerAfter(Duration.ofHours(1), "retry");

    DeployResult result = smoking.result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(smoking.smoked()).hasSize(2);
  }
}
