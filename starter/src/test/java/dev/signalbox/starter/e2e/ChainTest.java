package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.plan.PlanReport;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
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

/**
 * Three environments in a row. The middle one's branch ends with the merge commit of its promotion,
 * which stands for the revision that runs there.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
final class ChainTest {
  private static final String MIDDLE = "middle";
  private static final String LAST = "last";
  private static final String ALONE = "alone";

  private House house;
  private PromotionResult inTheMiddle;

  @BeforeAll
  void promoteToTheMiddle(@TempDir Path directory) {
    house =
        House.at(directory)
            .environments(List.of(MIDDLE, LAST, ALONE))
            .configured(
                toml ->
                    PolicyText.without(
                        PolicyText.with(toml, LAST, "from", '"' + MIDDLE + '"'), ALONE, "from"))
            .open();
    inTheMiddle = house.promoteAndApprove(MIDDLE);
  }

  @AfterAll
  void close() {
    house.close();
  }

  @Test
  @Order(1)
  void plansTheRevisionThatTheMergeOfTheSourceStandsFor() {
    assertThat(inTheMiddle.result()).as(inTheMiddle.report()).isEqualTo(Result.LIVE);

    PlanReport plan = house.client().plan(LAST, null, null, house.client().ledger(LAST));

    assertThat(plan.revision()).isEqualTo(inTheMiddle.revision());
    assertThat(plan.gates())
        .as(plan.toString())
        .noneMatch(gate -> gate.state() == GateResult.State.FAILED);
  }

  @Test
  @Order(2)
  void promotesTheRevisionThatTheMergeOfTheSourceStandsFor() {
    PromotionResult result = house.promoteAndApprove(LAST);

    assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
    assertThat(result.revision()).isEqualTo(inTheMiddle.revision());
    assertThat(house.serves(LAST, inTheMiddle.revision())).isTrue();
    assertThat(house.mergesInto(LAST)).isEqualTo(1);
  }

  @Test
  @Order(3)
  void knowsTheRevisionAsThereUnderTheNameOfTheMerge() {
    RequestAnswer again = house.client().promote(LAST, inTheMiddle.mergeCommit(), "bob", "a test");

    assertThat(again.outcome()).isEqualTo(Outcome.ALREADY_THERE);
    assertThat(again.revision()).isEqualTo(inTheMiddle.revision());
  }

  @Test
  @Order(4)
  void promotesTheNextReleaseOnTopOfTheMergesOfTheFormer() {
    String next = house.releaseOnStaging();
    PromotionResult middle = house.promoteAndApprove(MIDDLE);
    assertThat(middle.result()).as(middle.report()).isEqualTo(Result.LIVE);

    PromotionResult result = house.promoteAndApprove(LAST);

    assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
    assertThat(result.revision()).isEqualTo(next);
    assertThat(house.serves(LAST, next)).isTrue();
  }

  @Test
  @Order(5)
  void deploysAnEnvironmentWithoutASourceFromItsBranch() {
    String elsewhere = house.sandbox().repository().tip(House.STAGING).orElseThrow();
    PromotionResult foreign = house.promoteAndEnd(ALONE, elsewhere);
    String release = house.sandbox().pushRelease(ALONE, Map.of("a.txt", new byte[] {1}), "Alone");

    PromotionResult result = house.promoteAndApprove(ALONE);

    assertThat(foreign.detail()).startsWith("gate on-branch: ").contains("is no commit of alone");
    assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
    assertThat(result.revision()).isEqualTo(release);
    assertThat(result.mergeCommit()).isNull();
    assertThat(house.serves(ALONE, release)).isTrue();
    assertThat(house.mergesInto(ALONE)).isZero();
  }
}
