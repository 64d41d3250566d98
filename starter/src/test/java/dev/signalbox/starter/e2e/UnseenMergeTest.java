package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** GitHub's reads lag its writes: a merge that is not to be seen yet is no failure. */
@TestInstance(Lifecycle.PER_CLASS)
final class UnseenMergeTest {
  private static final String COMMIT = "GET /repos/{owner}/{repo}/git/commits/{sha}";

  private House house;

  @BeforeAll
  void open(@TempDir Path directory) {
    // With a record of what is live no commit is read before the merge.
    house = House.at(directory).configured(UnseenMergeTest::settlingInFiveSeconds).open();
    house.promoteAndApprove(House.PRODUCTION);
  }

  private static String settlingInFiveSeconds(String toml) {
    return toml.replace("settle = \"2s\"", "settle = \"5s\"");
  }

  @AfterEach
  void heal() {
    house.sandbox().faults().clear();
  }

  @AfterAll
  void close() {
    house.close();
  }

  @Test
  void goesOnWhenItIsSeenWithinTheSettleTime() {
    String id = releaseWhoseMergeIsUnseen(3);

    PromotionResult result = house.end(id);

    assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
  }

  @Test
  void asksWhenItIsNotSeenWithinTheSettleTimeAndGoesOnWithTheAnswer() {
    int endless = 0;
    String id = releaseWhoseMergeIsUnseen(endless);
    Ask question = house.awaitQuestion(id);
    assertThat(question.text()).contains("merged?");
    house.sandbox().faults().clear();

    house.resolve(id, question, "done");

    PromotionResult result = house.end(id);
    assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
    assertThat(house.serves(House.PRODUCTION, result.revision())).isTrue();
  }

  private String releaseWhoseMergeIsUnseen(int times) {
    house.releaseOnStaging();
    String id = house.promote();
    Ask ask = house.awaitApproval(id);
    house.sandbox().faults().add(Rule.of(COMMIT, Fault.SERVER_ERROR).answering(404).times(times));
    house.approve(id, ask);
    return id;
  }
}
