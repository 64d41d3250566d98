package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.sandbox.Journal;
import dev.signalbox.sandbox.Target;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
@Order(House.LONG)
final class CancelTest {
  private static final String WAITING = "waiting";
  private static final String DEPLOYING = "deploying";
  private static final String THROTTLED = "throttled";
  private static final String SOAKING = "soaking";
  private static final String RESCUING = "rescuing";
  private static final String TERMINATED = "terminated";
  private static final Map<String, Long> ONE_EACH = Map.of("backend", 1L, "frontend", 1L);

  private House house;
  private String before;

  @BeforeAll
  void open(@TempDir Path directory) {
    house =
        House.at(directory)
            .environments(List.of(WAITING, DEPLOYING, THROTTLED, SOAKING, RESCUING, TERMINATED))
            .soaking(SOAKING, "20s")
            .soaking(RESCUING, "20s")
            .soaking(TERMINATED, "6s")
            .open();
    before = house.sandbox().railway().active(SOAKING, "backend").orElseThrow().commit();
  }

  @AfterAll
  void close() {
    house.close();
  }

  @Test
  void endsCleanlyWhenCancelledBeforeTheLease() {
    String id = house.promote(WAITING);
    house.awaitApproval(id);

    house.client().cancel(id);

    assertThat(house.end(id).result()).isEqualTo(Result.CANCELLED);
    assertThat(house.mergesInto(WAITING)).isZero();
    assertThat(house.effectsByService(House.DEPLOY, WAITING)).isEmpty();
  }

  @Test
  void startsNothingNewAndGoesBackWhenCancelledDuringTheDeploy() {
    house
        .sandbox()
        .faults()
        .add(
            Rule.of("deployment", Fault.LATENCY)
                .on(Target.NONE.withEnvironment(DEPLOYING))
                .lasting(Duration.ofSeconds(2)));
    String id = approved(DEPLOYING);
    house.awaitCall(
        entry ->
            entry.operation().equals(House.DEPLOY)
                && DEPLOYING.equals(entry.target().environment()));

    house.client().cancel(id);

    assertThat(house.end(id).result()).isEqualTo(Result.CANCELLED);
    assertThat(house.effectsByService(House.DEPLOY, DEPLOYING)).isEqualTo(Map.of("backend", 1L));
    assertThat(house.effectsByService(House.ROLLBACK, DEPLOYING)).isEqualTo(Map.of("backend", 1L));
    assertThat(house.serves(DEPLOYING, before)).isTrue();
  }

  @Test
  void sendsNoDeploymentWhenCancelledWhileRailwayMakesItWait() {
    house
        .sandbox()
        .faults()
        .add(
            Rule.of(House.DEPLOY, Fault.TOO_MANY_REQUESTS)
                .on(Target.NONE.withEnvironment(THROTTLED))
                .lasting(Duration.ofSeconds(15)));
    String id = approved(THROTTLED);
    house.awaitCall(CancelTest::throttledDeploy);

    house.client().cancel(id);

    assertThat(house.end(id).result()).isEqualTo(Result.CANCELLED);
    assertThat(house.effectsByService(House.DEPLOY, THROTTLED)).isEmpty();
    assertThat(house.sandbox().journal().entries().stream().filter(CancelTest::throttledDeploy))
        .hasSize(1);
  }

  private static boolean throttledDeploy(Journal.Entry entry) {
    return entry.operation().equals(House.DEPLOY) && THROTTLED.equals(entry.target().environment());
  }

  @Test
  void goesBackToTheLastGoodSetWhenCancelledDuringTheSoak() {
    String id = approved(SOAKING);
    house.awaitSoak(SOAKING);

    house.client().cancel(id);

    assertThat(house.end(id).result()).isEqualTo(Result.CANCELLED);
    assertThat(house.effectsByService(House.ROLLBACK, SOAKING)).isEqualTo(ONE_EACH);
    assertThat(house.serves(SOAKING, before)).isTrue();
  }

  @Test
  void finishesTheRescueWhenItIsCancelledMeanwhile() {
    house
        .sandbox()
        .faults()
        .add(
            Rule.of("deployments", Fault.LATENCY)
                .on(Target.NONE.withEnvironment(RESCUING))
                .lasting(Duration.ofSeconds(2)));
    String id = approved(RESCUING);
    house.awaitSoak(RESCUING);
    house.sicken(RESCUING, "backend");
    house.awaitDeploy(RESCUING, "rescue");

    house.client().cancel(id);

    assertThat(house.end(id).result()).isIn(Result.ROLLED_BACK, Result.CANCELLED);
    assertThat(house.effectsByService(House.ROLLBACK, RESCUING)).isEqualTo(ONE_EACH);
    assertThat(house.serves(RESCUING, before)).isTrue();
  }

  @Test
  void carriesTheDeployToItsEndWhenThePromotionIsTerminatedDuringTheSoak() {
    String id = approved(TERMINATED);
    house.awaitSoak(TERMINATED);

    house.temporal().newUntypedWorkflowStub(id).terminate("a test");
    house.awaitDeploy(TERMINATED, "live");
    Eventually.that(
        "the ledger hears of it and nobody has to ask",
        () -> house.client().ledger(TERMINATED).orElseThrow().holder() == null);
    assertThat(house.client().ledger(TERMINATED).orElseThrow().live().revision())
        .isEqualTo(id.substring(id.lastIndexOf('/') + 1));
    RequestAnswer again = house.client().promote(TERMINATED, null, "bob", "a test");

    assertThat(again.outcome()).isEqualTo(RequestAnswer.Outcome.ALREADY_THERE);
    assertThat(house.client().ledger(TERMINATED).orElseThrow().holder()).isNull();
    assertThat(house.mergesInto(TERMINATED)).isEqualTo(1);
    assertThat(house.effectsByService(House.DEPLOY, TERMINATED)).isEqualTo(ONE_EACH);
  }

  private String approved(String environment) {
    String id = house.promote(environment);
    house.approve(id);
    return id;
  }
}
