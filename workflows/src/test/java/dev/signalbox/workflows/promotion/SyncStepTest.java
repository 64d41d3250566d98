package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.github.LevelOrder;
import dev.signalbox.workflows.github.LevelReport;
import dev.signalbox.workflows.github.LevelReport.Outcome;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A release that is live, where the policy wants its source brought level. */
@Execution(ExecutionMode.CONCURRENT)
class SyncStepTest {
  private final WholeHouse house = new WholeHouse(aPipeline().syncing());

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void tellsPeopleOfThePullRequestThatTheyAreToMerge() {
    house.github().level =
        new LevelReport(
            Outcome.PULL_REQUEST,
            "e".repeat(40),
            "f".repeat(40),
            false,
            "https://github/9",
            List.of(),
            1,
            "a person is to merge https://github/9, with a merge commit");

    house.promote();

    PromotionResult result = house.promoted();
    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.report())
        .containsPattern("\\| sync \\|  \\| done \\| [0-9.]+ \\| https://github/9 \\|");
    assertThat(house.notices())
        .filteredOn(notice -> notice.event() == Event.LIVE)
        .singleElement()
        .satisfies(notice -> assertThat(notice.markdown()).contains("https://github/9"));
    assertThat(house.github().levelled)
        .containsExactly(
            new LevelOrder(
                "inspector", "acme/inspector", "production", "main", "staging", "staging"));
  }

  @Test
  void staysLiveWhenGitHubIsAwayAndIsBroughtLevelOnceItIsBack() {
    house.github().levelLater =
        new LevelReport(
            Outcome.LEVEL, "e".repeat(40), "e".repeat(40), true, null, List.of(), 0, "level");

    house.promote();

    PromotionResult result = house.promoted();
    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.report())
        .contains("| sync |  | failed |")
        .contains("not brought level: GitHub answered 503")
        .contains("sync/inspector/production/later goes on with it")
        .contains("signalbox sync production");
    assertThat(house.levelledLater().words()).isEqualTo("level");
  }
}
