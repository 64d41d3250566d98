package dev.signalbox.activities.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.github.GitHubActivitiesImpl;
import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.health.HealthActivitiesImpl;
import dev.signalbox.activities.http.Reach;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.railway.RailwayActivitiesImpl;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.gate.Facts;
import dev.signalbox.workflows.gate.FactsActivities;
import dev.signalbox.workflows.gate.FactsActivities.FactsQuery;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.gate.Gates;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.RequiredCheck;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The shapes in which CI reports, from GitHub's answer to the gate's word. */
class CiShapesTest extends OnSandbox {
  private static final RequiredCheck SHARDS = new RequiredCheck("Run Tests (shard *)", 4);
  private static final RequiredCheck BUILD = RequiredCheck.named("build");

  private GitHubClient client;
  private FactsActivities facts;
  private String sha;

  @BeforeEach
  void register(TestInfo shape) {
    Clock clock = Clock.systemUTC();
    client = github();
    facts =
        stub(
            FactsActivities.class,
            new FactsActivitiesImpl(
                new GitHubActivitiesImpl(client, SERVED),
                new RailwayActivitiesImpl(railway(clock), SERVED, "http", clock, Pace.of(clock)),
                new HealthActivitiesImpl(
                    SERVED, Pace.of(clock), Reach.ofTheInternet().andThisMachine()),
                (project, environment, commit) -> Optional.of(LedgerRecord.NONE),
                clock));
    String name = shape.getDisplayName().replace("()", "");
    sandbox.repository().setBranch(name, head("main"));
    sha = sandbox.pushRelease(name, withoutCiOfItsOwn(name), "Shape " + name);
  }

  /** The demo's own check would end on its own time, between two looks of a test. */
  private static Map<String, byte[]> withoutCiOfItsOwn(String name) {
    byte[] none = "checks = {}\n".getBytes(StandardCharsets.UTF_8);
    return Map.of(
        "backend/sandbox.toml", none,
        "frontend/sandbox.toml", none,
        "shape.txt", name.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void allGreen() {
    shards("success", "success", "success", "success");
    ended("build", "success");

    assertThat(judged(SHARDS, BUILD))
        .isEqualTo(
            GateResult.met(
                "checks", "4 of Run Tests (shard *), build green on exactly this commit"));
  }

  @Test
  void oneShardNeverReported() {
    shards("success", "success", "success");

    GateResult result = judged(SHARDS);

    assertThat(result.state()).isEqualTo(State.WAITING);
    assertThat(result.evidence())
        .isEqualTo(
            "3 of 4 of Run Tests (shard *) have reported: Run Tests (shard 1);"
                + " Run Tests (shard 2); Run Tests (shard 3)");
    assertThat(result.owner()).isEqualTo("CI");
  }

  @Test
  void seesTheLastShardAtTheNextLook() {
    shards("success", "success", "success");
    Facts first = look(null, SHARDS);
    assertThat(typeOf(() -> look(first, SHARDS))).isEqualTo(FailureType.UNCHANGED);

    ended("Run Tests (shard 4)", "success");

    assertThat(judged(look(first, SHARDS), SHARDS).state()).isEqualTo(State.MET);
  }

  @Test
  void skipped() {
    ended("build", "skipped");

    GateResult result = judged(BUILD);

    assertThat(result.state()).isEqualTo(State.FAILED);
    assertThat(result.evidence())
        .startsWith("build ended skipped (http")
        .endsWith(", which is green only with accept = [\"skipped\"]");
    assertThat(result.owner()).isEqualTo("authors");
  }

  @Test
  void failedThenGreen() {
    ended("build", "failure");
    assertThat(judged(BUILD).evidence()).startsWith("build ended failure (http");

    ended("build", "success");

    assertThat(judged(BUILD).state()).isEqualTo(State.MET);
  }

  @Test
  void statusAndCheckRunDisagree() {
    ended("build", "success");
    client.createStatus(Repository.of(sandbox.repositoryName()), sha, "failure", "build", "no");

    GateResult result = judged(BUILD);

    assertThat(result.state()).isEqualTo(State.FAILED);
    assertThat(result.evidence())
        .startsWith(
            "build is reported twice, and they disagree: as check run it ended success,"
                + " as commit status it ended failure");
  }

  @Test
  void requiredCheckOnTheThirdPage() {
    ended("build", "failure");
    for (int i = 0; i < 200; i++) {
      ended("other-" + i, "success");
    }

    GateResult result = judged(BUILD);

    assertThat(calls("GET /repos/{owner}/{repo}/commits/{ref}/check-runs")).isEqualTo(3);
    assertThat(result.state()).isEqualTo(State.FAILED);
    assertThat(result.evidence()).startsWith("build ended failure");
  }

  private void shards(String... conclusions) {
    for (int shard = 1; shard <= conclusions.length; shard++) {
      ended("Run Tests (shard " + shard + ")", conclusions[shard - 1]);
    }
  }

  private void ended(String name, String conclusion) {
    sandbox.github().completeCheck(sha, name, conclusion);
  }

  private GateResult judged(RequiredCheck... required) {
    return judged(look(null, required), required);
  }

  private GateResult judged(Facts seen, RequiredCheck... required) {
    return Gates.of(pipeline(required), sha, List.of()).judge(seen).get(0);
  }

  private Facts look(Facts known, RequiredCheck... required) {
    return facts.read(
        new FactsQuery(
            PROJECT,
            pipeline(required),
            sha,
            null,
            known == null ? null : known.fingerprint(),
            Duration.ofSeconds(1)));
  }

  private Pipeline pipeline(RequiredCheck... required) {
    return new Pipeline(
        new Pipeline.Project(PROJECT, sandbox.repositoryName(), sandbox.projectId()),
        new EnvironmentPolicy(
            "production",
            "main",
            null,
            List.of(required),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null),
        null,
        List.of(),
        List.of());
  }
}
