package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.policy.EnvironmentPolicy.AutoDeploy;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.RailwayActivities.PushOrder;
import dev.signalbox.workflows.release.Step;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A release that an earlier run has merged, where Railway deploys what is pushed. */
class EarlierPushTest {
  private static final String MERGE = "d".repeat(40);
  private static final Duration LIMIT = Duration.ofMinutes(20);

  private final DeployHouse house =
      new DeployHouse(
              aPipeline().withAutoDeploy(AutoDeploy.OBSERVE).trusting("temporal-ui").build())
          .afterAPushOf(MERGE);

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void followsWhatRailwayStillBuildsOrRunsAlready() {
    own("backend", Status.IN_PROGRESS);
    own("frontend", Status.ACTIVE);

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(house.railway().deeds()).isEmpty();
    assertThat(result.live().mergeCommit()).isEqualTo(MERGE);
    assertThat(result.live().deployments())
        .extracting("id")
        .containsExactly("own-backend", "own-frontend");
  }

  @Test
  void waitsForWhatRailwayHasNotBegunYet() {
    house.railway().deployingPushesLate();

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(house.railway().deeds()).isEmpty();
    assertThat(house.railway().awaitedPushes())
        .extracting(PushOrder::baseline)
        .containsExactlyInAnyOrder(List.of("good-backend"), List.of("good-frontend"));
  }

  @Test
  void looksAtOnceWhenItIsToldOfThatCommit() {
    house.railway().deployingPushesLate();
    house.railway().unseen =
        ApplicationFailure.newBuilder()
            .setMessage("the next look is far away")
            .setType("Unchanged")
            .setNextRetryDelay(Duration.ofHours(12))
            .build();
    house.once(
        Duration.ofMinutes(5),
        () -> house.railway().awaitedPushes().size() == 2,
        () -> {
          house.railway().unseen = null;
          house.hinted(new Hint("github", "d-1", "deployment_status", "e".repeat(40)));
        });
    house.once(
        Duration.ofMinutes(8),
        () -> house.railway().unseen == null,
        () -> {
          house.hinted(told("d-2"));
          house.hinted(told("d-2"));
        });

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(house.took(result)).isBetween(Duration.ofMinutes(8), LIMIT);
    assertThat(house.railway().awaitedPushes())
        .extracting(PushOrder::limit)
        .satisfiesExactlyInAnyOrder(
            first -> assertThat(first).isEqualTo(LIMIT),
            first -> assertThat(first).isEqualTo(LIMIT),
            rest -> assertThat(rest).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(13)),
            rest -> assertThat(rest).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(13)));
  }

  private static Hint told(String delivery) {
    return new Hint("github", delivery, "deployment_status", MERGE);
  }

  @Test
  void failsWithThatSentenceWhereNothingComesAnyMore() {
    DeployResult result = house.result();

    assertThat(result.result()).isEqualTo(Result.TIMED_OUT);
    assertThat(result.detail())
        .contains(
            " was not deployed: Railway made no deployment of ddddddd within 20m;"
                + " its trigger was removed or switched off meanwhile, so none will come")
        .contains("nothing was replaced");
    assertThat(house.railway().deeds()).isEmpty();
  }

  @Test
  void deploysInOrderByTheCommitWhatRailwayTookBack() {
    own("backend", Status.REMOVED);
    own("frontend", Status.FAILED);

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(house.railway().deeds()).containsExactly("deploy backend b", "deploy frontend b");
  }

  @Test
  void startsNothingOfItsOwnAfterRailwaysOwnHasFailed() {
    own("backend", Status.IN_PROGRESS);
    own("frontend", Status.REMOVED);
    house.railway().nextWait(house.railway()::failed);

    DeployResult result = house.result();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.steps())
        .filteredOn(step -> step.name().equals("deploy") && "frontend".equals(step.service()))
        .extracting(Step::detail)
        .containsExactly("nothing new is started");
    assertThat(house.railway().deeds()).isEmpty();
  }

  @Test
  void goesBackToWhatIsOnRecordWhereTheReleaseWasLiveBeforeItWasJudged() {
    own("backend", Status.ACTIVE);
    own("frontend", Status.ACTIVE);

    DeployResult result = house.withASickRelease().result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
    assertThat(house.railway().deeds()).containsExactly("rollback frontend", "rollback backend");
  }

  @Test
  void asksAndNeverCallsItRestoredWhereNobodyKnowsWhatOneServiceRanBefore() {
    own("backend", Status.IN_PROGRESS);
    own("frontend", Status.ACTIVE);
    house.withoutARecord().withASickRelease().answerAfter(Duration.ofHours(1), "accept");

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.FAILED);
    assertThat(result.mixed()).isTrue();
    assertThat(result.live()).isNull();
    assertThat(result.former()).isNull();
    assertThat(result.detail()).contains("frontend stays on what was pushed");
    assertThat(house.railway().deeds()).containsExactly("rollback backend");
  }

  @Test
  void leavesEverythingWhereAPersonWantsNoHalfTakenBack() {
    own("backend", Status.IN_PROGRESS);
    own("frontend", Status.ACTIVE);
    house.withoutARecord().withASickRelease().answerAfter(Duration.ofHours(1), "abandon");

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.FAILED);
    assertThat(result.mixed()).isTrue();
    assertThat(house.railway().deeds()).isEmpty();
  }

  @Test
  void saysThatNoRecordTellsWhatToGoBackToWhereAllIsLiveAlready() {
    own("backend", Status.ACTIVE);
    own("frontend", Status.ACTIVE);

    DeployResult result = house.withoutARecord().withASickRelease().result();

    assertThat(result.mixed()).isTrue();
    assertThat(result.detail()).contains("no record of what served before the push");
  }

  @Test
  void leavesNoFormerSetThatIsNotWhole() {
    own("backend", Status.IN_PROGRESS);
    own("frontend", Status.ACTIVE);

    DeployResult result = house.withoutARecord().result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(result.former()).isNull();
  }

  @Test
  void looksFurtherBackForWhatRailwayMadeOfThePushLongAgo() {
    own("backend", Status.REMOVED);
    own("frontend", Status.REMOVED);
    for (int n = 0; n < 12; n++) {
      house.railway().deployedByItself("backend", "later-" + n, "c".repeat(40), Status.REMOVED);
    }

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(house.railway().awaitedPushes()).isEmpty();
    assertThat(house.railway().deeds()).containsExactly("deploy backend b", "deploy frontend b");
  }

  @Test
  void saysHowFarBackItLookedWhereNothingComes() {
    for (int n = 0; n < 49; n++) {
      house.railway().deployedByItself("backend", "later-" + n, "c".repeat(40), Status.REMOVED);
      house.railway().deployedByItself("frontend", "later-" + n, "c".repeat(40), Status.REMOVED);
    }

    DeployResult result = house.result();

    assertThat(result.detail())
        .contains("none of its last 50 deployments was of that commit, older ones were not");
  }

  private void own(String service, Status status) {
    house.railway().deployedByItself(service, "own-" + service, MERGE, status);
  }
}
