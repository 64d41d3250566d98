package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.starter.cli.Terminal;
import dev.signalbox.workflows.plan.PlanReport;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A revision that was merged and taken back is promoted again without a second merge. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
final class PromotedAgainTest {
  private static final String AGAIN = "again";

  private House house;
  private PromotionResult cancelled;

  @BeforeAll
  void cancelAfterTheMerge(@TempDir Path directory) {
    house = House.at(directory).environments(List.of(AGAIN)).soaking(AGAIN, "20s").open();
    String id = house.promote(AGAIN);
    house.approve(id);
    house.awaitSoak(AGAIN);
    house.client().cancel(id);
    cancelled = house.end(id);
    house.configure(toml -> PolicyText.with(toml, AGAIN, "soak", "\"1s\""));
  }

  @AfterAll
  void close() {
    house.close();
  }

  @Test
  @Order(1)
  void saysInThePlanThatItIsMergedAlready() {
    assertThat(cancelled.result()).isEqualTo(Result.CANCELLED);

    PlanReport plan = house.client().plan(AGAIN, null, null, house.client().ledger(AGAIN));

    assertThat(plan.mayMove()).as(plan.toString()).isTrue();
    assertThat(plan.steps()).anyMatch(step -> step.startsWith("no merge: again has it already"));
  }

  @Test
  @Order(2)
  void followsThisRunAloneAndNotTheFormerOneOfTheCommit() {
    Terminal terminal = house.terminal().with("SIGNALBOX_USER", "bob");

    assertThat(terminal.run("promote", AGAIN, "--wait", "--no-input"))
        .as(terminal.out() + terminal.err())
        .isEqualTo(4);

    assertThat(terminal.out())
        .contains("approval  waiting")
        .doesNotContain("deploy", "verify", "rollback");
  }

  @Test
  @Order(3)
  void goesLiveWithTheMergeThatIsThere() {
    String id = house.promote(AGAIN);
    PromotionStatus asked = house.await(id, status -> !status.asks().isEmpty());
    house.approve(id, asked.asks().get(0));

    PromotionResult result = house.end(id);

    assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
    assertThat(result.mergeCommit()).isEqualTo(cancelled.mergeCommit());
    assertThat(asked.card()).contains("already merged: again has it as");
    assertThat(result.report()).contains("already merged: again has it as");
    assertThat(house.mergesInto(AGAIN)).isEqualTo(1);
    assertThat(house.effectsByService(House.DEPLOY, AGAIN))
        .isEqualTo(Map.of("backend", 2L, "frontend", 2L));
    assertThat(house.serves(AGAIN, result.revision())).isTrue();
    assertThat(house.github().comments(asked)).contains("Live in again");
  }
}
