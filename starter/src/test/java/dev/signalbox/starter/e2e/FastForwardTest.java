package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reviewed promotion that moves the branch and makes no commit. */
final class FastForwardTest {
  private static final String FORWARD = "PATCH /repos/{owner}/{repo}/git/refs/{ref}";

  @Test
  void waitsForTheReviewAndMovesTheBranchToTheCommitItself(@TempDir Path directory) {
    try (House house =
        House.at(directory).configured(FastForwardTest::reviewedAndMovedForward).open()) {
      String revision = house.releaseOnStaging();
      String id = house.promote();
      PromotionStatus waiting =
          house.await(
              id,
              status ->
                  status.unmet().stream()
                      .anyMatch(unmet -> unmet.condition().contains("approved by nobody")));
      assertThat(house.effects(FORWARD)).isEmpty();
      int number = Integer.parseInt(waiting.pullRequest().replaceFirst(".*/", ""));

      house.sandbox().github().review(number, "ben", "APPROVE");
      house.approve(id);

      PromotionResult result = house.end(id);
      assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
      assertThat(result.mergeCommit()).isNull();
      assertThat(house.sandbox().repository().tip("main")).contains(revision);
      assertThat(house.serves(House.PRODUCTION, revision)).isTrue();
      assertThat(house.effects(FORWARD)).hasSize(1);
      assertThat(house.effects(House.MERGE)).isEmpty();
      assertThat(house.github().pull(waiting))
          .contains("\"merged\":true")
          .contains("\"title\":\"Production Release ")
          .contains("- production: backend http://");
    }
  }

  private static String reviewedAndMovedForward(String toml) {
    return PolicyText.with(
        toml,
        House.PRODUCTION,
        "auto_deploy",
        "\"refuse\"\nmerge = \"fast-forward\"\nreviewed = \"promotion\"");
  }
}
