package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import java.nio.charset.StandardCharsets;
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

/** What was approved is read again immediately before the deed, and must still be so. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
final class ChangedWorldTest {
  private House house;

  @BeforeAll
  void open(@TempDir Path directory) {
    house =
        House.at(directory).environments(List.of("policy", "branch", "source", "amended")).open();
  }

  @AfterAll
  void close() {
    house.close();
  }

  @Test
  @Order(1)
  void asksAgainAndNamesTheKeyAsSoonAsThePolicyChangesDuringTheApproval() {
    String id = house.promote("policy");
    Ask first = house.awaitApproval(id);

    house.configure(toml -> PolicyText.with(toml, "policy", "soak", "\"500ms\""));

    PromotionStatus again = house.await(id, status -> asksAnew(status, first));
    assertThat(again.card()).contains("soak");
    assertThat(house.mergesInto("policy")).isZero();
    house.approve(id, again.asks().get(0));
    assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
  }

  @Test
  @Order(2)
  void mergesNothingWhenTheTargetBranchMovedDuringTheApproval() {
    String id = house.promote("branch");
    Ask ask = house.awaitApproval(id);
    house
        .sandbox()
        .pushRelease(
            "branch",
            Map.of("hotfix.txt", "by hand".getBytes(StandardCharsets.UTF_8)),
            "Mend it in production");

    house.approve(id, ask);

    PromotionResult result = house.end(id);
    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).contains("base-level");
    assertThat(house.mergesInto("branch")).isZero();
  }

  @Test
  @Order(3)
  void shipsNothingElseWhenTheSourceMovedOnDuringTheApproval() {
    String id = house.promote("source");
    Ask ask = house.awaitApproval(id);
    house.releaseOnStaging();

    house.approve(id, ask);

    PromotionStatus status =
        house.await(
            id,
            seen ->
                seen.result() != null
                    || seen.unmet().stream()
                        .anyMatch(unmet -> unmet.condition().contains("verified-in-source")));
    assertThat(status.result()).isNull();
    assertThat(house.mergesInto("source")).isZero();
    assertThat(house.effectsByService(House.DEPLOY, "source")).isEmpty();
  }

  @Test
  @Order(4)
  void aYesIsForOneCommitAndNotForAnotherThatLooksLikeIt() throws Exception {
    String revision = house.releaseOnStaging();
    String id = house.promote("amended");
    Ask ask = house.awaitApproval(id);
    String amended = Amended.inPlaceOf(revision, House.STAGING, house);
    Eventually.that("staging serves it", () -> house.serves(House.STAGING, amended));

    house.approve(id, ask);
    String other = house.promote("amended");
    Ask asked = house.awaitApproval(other);
    house.approve(other, ask);

    PromotionStatus refused = house.await(other, status -> !status.decisions().isEmpty());
    assertThat(refused.decisions())
        .allSatisfy(
            decision -> {
              assertThat(decision.counted()).isFalse();
              assertThat(decision.remark()).startsWith("another digest");
            });
    assertThat(refused.revision()).isEqualTo(amended);
    assertThat(asked.digest()).isNotEqualTo(ask.digest());
    PromotionResult ended = house.end(id);
    assertThat(ended.result()).isEqualTo(Result.FAILED);
    assertThat(ended.detail())
        .contains("does not contain " + revision.substring(0, 7) + " any more")
        .endsWith("promote " + amended.substring(0, 7));
    assertThat(house.mergesInto("amended")).isZero();
    assertThat(house.effectsByService(House.DEPLOY, "amended")).isEmpty();
  }

  private static boolean asksAnew(PromotionStatus status, Ask first) {
    return House.ask(status, Ask.Kind.APPROVAL)
        .filter(ask -> !ask.id().equals(first.id()))
        .isPresent();
  }
}
