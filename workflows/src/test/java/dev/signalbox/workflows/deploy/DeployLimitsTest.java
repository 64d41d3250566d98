package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.policy.EnvironmentPolicy.Limits;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.AwaitOrder;
import dev.signalbox.workflows.railway.AwaitOrder.Phase;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.DeploymentEnd;
import dev.signalbox.workflows.railway.DeploymentEnd.Slow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A deploy whose time is up goes back to the last good set. */
class DeployLimitsTest {
  private static final Limits LIMITS =
      new Limits(null, Duration.ofMinutes(3), Duration.ofMinutes(9), null, null, null, null);

  private final List<AwaitOrder> orders = new CopyOnWriteArrayList<>();
  private final DeployHouse house =
      new DeployHouse(aPipeline().within(LIMITS).trusting("temporal-ui").build());

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void takesUpAWaitAgainThatTakesLongWithWhatItKnows() {
    Instant since = Instant.parse("2026-11-20T12:00:00Z");
    house.railway().nextWait(order -> slow(order, since));

    DeployResult result = house.result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(orders).singleElement().satisfies(first -> assertThat(first.told()).isEmpty());
    assertThat(house.railway().waited().get(1))
        .satisfies(
            again -> {
              assertThat(again.told()).containsExactly(Phase.BUILD);
              assertThat(again.since()).isEqualTo(since);
              assertThat(again.build()).isEqualTo(LIMITS.build());
              assertThat(again.deploy()).isEqualTo(LIMITS.deploy());
            });
  }

  @Test
  void goesBackWhenADeploymentTookTooLong() {
    house
        .railway()
        .nextWait(
            order -> {
              house.railway().active(order);
              return new DeploymentEnd(
                  seen(order), true, "not built after 3m, last seen BUILDING", null);
            });

    DeployResult result = house.result();

    assertThat(result.result()).isEqualTo(Result.ROLLED_BACK);
    assertThat(result.detail()).contains("backend not built after 3m, last seen BUILDING");
    assertThat(house.railway().deeds()).containsExactly("deploy backend b", "rollback backend");
  }

  @Test
  void waitsInARescueForWhatIsStillUnderWayWithoutALimitOfItsBuild() {
    house
        .railway()
        .nextWait(order -> new DeploymentEnd(seen(order), true, "not built after 3m", null));

    DeployResult result = house.result();

    assertThat(result.result()).isEqualTo(Result.ROLLED_BACK);
    AwaitOrder rescue = house.railway().waited().get(1);
    assertThat(rescue.deploymentId()).isEqualTo(house.railway().waited().get(0).deploymentId());
    assertThat(rescue.build()).isNull();
  }

  @Test
  void takesBackWhatGoesLiveWhileNobodyAnswersTheRescue() {
    for (int late = 0; late < 2; late++) {
      house.railway().nextWait(order -> new DeploymentEnd(seen(order), true, "not active", null));
    }

    DeployResult result = house.result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
    assertThat(house.railway().deeds()).containsExactly("deploy backend b", "rollback backend");
    assertThat(house.railway().waited().get(2).deploy()).isEqualTo(Duration.ofDays(1));
    assertThat(house.took(result)).isLessThan(Duration.ofMinutes(5));
  }

  @Test
  void goesBackWhenThePromotionsTimeIsUpDuringTheSoak() {
    try (DeployHouse unseen =
        new DeployHouse(aPipeline().withoutFrontend().withHealthOfBackend(null).build())) {
      unseen.timeIsUpAfter(Duration.ofMinutes(5), "not done after 2h, it stood at deploying");

      DeployResult result = unseen.result();

      assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
      assertThat(result.detail()).startsWith("the promotion is not done after 2h");
      assertThat(result.quarantine()).isFalse();
      assertThat(unseen.railway().deeds()).containsExactly("deploy backend b", "rollback backend");
      assertThat(unseen.took(result)).isLessThan(Duration.ofMinutes(10));
    }
  }

  private DeploymentEnd slow(AwaitOrder order, Instant since) {
    orders.add(order);
    return new DeploymentEnd(
        seen(order), false, null, new Slow(Phase.BUILD, since, "not built after 2m of 3m"));
  }

  private static Deployment seen(AwaitOrder order) {
    return new Deployment(
        order.deploymentId(),
        DeployHouse.REVISION,
        Status.IN_PROGRESS,
        "BUILDING",
        null,
        false,
        null,
        false,
        null);
  }
}
