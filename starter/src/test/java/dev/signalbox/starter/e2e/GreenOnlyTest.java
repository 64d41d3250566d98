package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One commit, on which CI has reported in six shapes, promoted into an environment for each: nobody
 * is asked, so that the checks alone decide.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class GreenOnlyTest {
  private static final String SHARDS = "shards";
  private static final Map<String, String> REQUIRED =
      Map.of(
          "green",
          "\"build\"",
          SHARDS,
          "{ name = \"Run Tests (shard *)\", count = 4 }",
          "skipped",
          "\"lint\"",
          "mended",
          "\"flaky\"",
          "twofold",
          "\"both\"",
          "third-page",
          "\"paged\"");

  private final Map<String, String> ids = new LinkedHashMap<>();
  private House house;
  private String revision;

  @BeforeAll
  void promoteIntoEach(@TempDir Path directory) throws Exception {
    house =
        House.at(directory)
            .environments(REQUIRED.keySet().stream().sorted().toList())
            .configured(GreenOnlyTest::byItsOwnCheck)
            .open();
    revision = house.releaseOnStaging();
    ended("paged", "failure");
    for (int i = 0; i < 200; i++) {
      ended("other-" + i, "success");
    }
    ended("build", "success");
    for (int shard = 1; shard < 4; shard++) {
      ended("Run Tests (shard " + shard + ")", "success");
    }
    ended("lint", "skipped");
    ended("flaky", "failure");
    ended("flaky", "success");
    ended("both", "success");
    post("/statuses/" + revision, "{\"state\":\"failure\",\"context\":\"both\"}");
    REQUIRED.keySet().forEach(environment -> ids.put(environment, house.promote(environment)));
  }

  private static String byItsOwnCheck(String toml) {
    String own = toml;
    for (Map.Entry<String, String> required : REQUIRED.entrySet()) {
      String environment = required.getKey();
      own = PolicyText.with(own, environment, "checks", "[" + required.getValue() + "]");
      own = PolicyText.without(own, environment, "approvals");
    }
    return own;
  }

  private void ended(String name, String conclusion) {
    house.sandbox().github().completeCheck(revision, name, conclusion);
  }

  private void post(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    house.sandbox().githubUrl()
                        + "/repos/"
                        + house.sandbox().repositoryName()
                        + path))
            .header("Authorization", "Bearer " + house.sandbox().githubToken())
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(201);
  }

  @AfterAll
  void close() {
    house.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"green", "mended"})
  void mergesAndDeploysWhatIsGreen(String environment) {
    PromotionResult result = house.end(ids.get(environment));

    assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
    assertThat(house.mergesInto(environment)).isEqualTo(1);
    assertThat(house.serves(environment, revision)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "skipped, lint ended skipped",
    "twofold, 'both is reported twice, and they disagree'",
    "third-page, paged ended failure"
  })
  void neitherMergesNorDeploysWhatIsNotGreen(String environment, String sentence) {
    PromotionResult result = house.end(ids.get(environment));

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).startsWith("gate checks: ").contains(sentence);
    assertUntouched(environment);
  }

  @Test
  void waitsUntouchedForTheShardThatHasNotReported() {
    house.await(
        ids.get(SHARDS),
        status ->
            status.unmet().stream()
                .anyMatch(
                    unmet ->
                        unmet.condition().contains("3 of 4 of Run Tests (shard *) have reported")));
    assertUntouched(SHARDS);

    ended("Run Tests (shard 4)", "success");

    assertThat(house.end(ids.get(SHARDS)).result()).isEqualTo(Result.LIVE);
    assertThat(house.mergesInto(SHARDS)).isEqualTo(1);
  }

  private void assertUntouched(String environment) {
    assertThat(house.mergesInto(environment)).isZero();
    assertThat(house.effectsByService(House.DEPLOY, environment)).isEmpty();
    assertThat(house.serves(environment, revision)).isFalse();
  }
}
