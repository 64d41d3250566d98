package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A promotion whose pull request comes from a branch of its own. */
final class PinnedHeadTest {
  private static final Pattern BRANCH =
      Pattern.compile("\"ref\":\"(promote/production-\\d{8}-\\d{6}-\\d{3})\"");

  @Test
  void mergesWhatWasApprovedAlthoughStagingMovedOn(@TempDir Path directory) {
    try (House house =
        House.at(directory)
            .sandbox(PinnedHeadTest::withoutTriggers)
            .configured(PinnedHeadTest::pinned)
            .open()) {
      String revision = deployedByHand(house, push(house, House.STAGING));
      String id = house.promote();
      PromotionStatus waiting = waitingForReview(house, id);
      String branch = branch(house, waiting);
      assertThat(house.sandbox().repository().tip(branch)).contains(revision);

      house.sandbox().github().review(number(waiting), "ben", "APPROVE");
      house.awaitApproval(id);
      String later = push(house, House.STAGING);
      house.approve(id);

      PromotionResult result = house.end(id);
      assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
      assertThat(house.serves(House.PRODUCTION, revision)).isTrue();
      assertThat(house.github().pull(waiting)).contains("\"merged\":true");
      assertThat(house.sandbox().repository().tip(House.STAGING)).contains(later);
      assertThat(house.sandbox().repository().tip(branch)).isEmpty();
    }
  }

  @Test
  void removesItsBranchWhenNothingCameOfItAlsoWhenItWasTerminated(@TempDir Path directory) {
    try (House house = House.at(directory).configured(PinnedHeadTest::pinned).open()) {
      house.releaseOnStaging();
      PromotionStatus first = waitingForReview(house, house.promote());
      String left = branch(house, first);
      house.temporal().newUntypedWorkflowStub(first.id()).terminate("out of patience");

      String id = house.promote();
      PromotionStatus waiting = waitingForReview(house, id);
      Eventually.that(left + " is gone", () -> house.sandbox().repository().tip(left).isEmpty());
      assertThat(house.github().pull(first)).contains("\"state\":\"closed\"");

      String branch = branch(house, waiting);
      house.sandbox().github().review(number(waiting), "ben", "APPROVE");

      house.reject(id, house.awaitApproval(id));

      assertThat(house.end(id).result()).isEqualTo(Result.REJECTED);
      assertThat(house.sandbox().repository().tip(branch)).isEmpty();
      assertThat(house.github().pull(waiting))
          .contains("\"state\":\"closed\"")
          .contains("\"merged\":false");
    }
  }

  private static PromotionStatus waitingForReview(House house, String id) {
    return house.await(
        id,
        status ->
            status.unmet().stream()
                .anyMatch(unmet -> unmet.condition().contains("approved by nobody")));
  }

  private static SandboxSettings withoutTriggers(SandboxSettings settings) {
    return settings.withEnvironments(
        List.of(
            new EnvironmentSettings(House.STAGING, House.STAGING, false),
            new EnvironmentSettings(House.PRODUCTION, "main", false)));
  }

  private static String push(House house, String branch) {
    return house
        .sandbox()
        .pushRelease(
            branch,
            Map.of("release.txt", UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8)),
            "A release");
  }

  private static String deployedByHand(House house, String revision) {
    List.of("backend", "frontend")
        .forEach(service -> house.sandbox().railway().deploy(House.STAGING, service, revision));
    Eventually.that("staging serves " + revision, () -> house.serves(House.STAGING, revision));
    return revision;
  }

  private static String branch(House house, PromotionStatus status) {
    Matcher matcher = BRANCH.matcher(house.github().pull(status));
    assertThat(matcher.find()).as(house.github().pull(status)).isTrue();
    return matcher.group(1);
  }

  private static int number(PromotionStatus status) {
    return Integer.parseInt(status.pullRequest().replaceFirst(".*/", ""));
  }

  private static String pinned(String toml) {
    return PolicyText.with(
        toml,
        House.PRODUCTION,
        "auto_deploy",
        String.join(
            "\n",
            List.of(
                "\"refuse\"",
                "head = \"promote/{environment}-{timestamp}\"",
                "reviewed = \"promotion\"")));
  }
}
