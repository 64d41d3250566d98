package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.deploy.RailwayStage;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.github.RevertOrder;
import dev.signalbox.workflows.github.RevertPull;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.Deployment.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A release that proves bad where the policy wants it taken back on its branch. */
@Execution(ExecutionMode.CONCURRENT)
class RevertStepTest {
  private final WholeHouse house = new WholeHouse(aPipeline().reverting());

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void standsInTheReportTheNoticeAndTheLedger() {
    secondServiceFails();

    house.promote();

    PromotionResult result = house.promoted();
    assertThat(result.result()).isEqualTo(Result.ROLLED_BACK);
    assertThat(result.report()).contains("| revert |  | done |").contains(StagedGitHub.REVERT);
    assertThat(house.notices())
        .filteredOn(notice -> notice.event() == Event.ROLLED_BACK)
        .singleElement()
        .satisfies(notice -> assertThat(notice.markdown()).contains(StagedGitHub.REVERT));
    assertThat(house.status().quarantine())
        .extracting(Quarantined::revert)
        .containsExactly(RevertPull.opened(StagedGitHub.REVERT));
    assertThat(house.github().reverts)
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.revision()).isEqualTo(REVISION);
              assertThat(order.base()).isEqualTo(RailwayStage.GOOD);
              assertThat(order.branch()).isEqualTo("staging");
            });
  }

  @Test
  void isLeftToTheLedgerWhenGitHubIsAway() {
    secondServiceFails();
    house.github().awayForReverts = true;

    house.promote();
    PromotionResult result = house.promoted();
    RevertPull owed = house.status().quarantine().get(0).revert();
    house.github().awayForReverts = false;
    house.pass(Duration.ofMinutes(30));

    assertThat(result.report()).contains("no revert pull request yet: GitHub answered 503");
    assertThat(owed.url()).isNull();
    assertThat(house.status().quarantine().get(0).revert())
        .isEqualTo(RevertPull.opened(StagedGitHub.REVERT));
    assertThat(house.github().reverts)
        .singleElement()
        .satisfies(
            order ->
                assertThat(order.marker())
                    .isEqualTo(owed.owed().workflowId() + " " + owed.owed().runId() + " revert"));
  }

  @Test
  void goesToTheBranchThatAChainOfEnvironmentsBeginsWith() {
    house.policy(aPipeline().reverting().inAChainFrom("develop"));
    secondServiceFails();

    house.promote();
    house.promoted();

    assertThat(house.github().reverts).extracting(RevertOrder::branch).containsExactly("develop");
  }

  private void secondServiceFails() {
    // As the look says what runs.
    for (String service : List.of("backend", "frontend")) {
      house.railway().deployedByItself(service, "p-" + service, RailwayStage.GOOD, Status.ACTIVE);
    }
    house.railway().nextWait(house.railway()::active);
    house.railway().nextWait(house.railway()::failed);
  }
}
