package dev.signalbox.starter.gateway;

import static dev.signalbox.starter.gateway.ListeningGateway.SHA;
import static dev.signalbox.starter.gateway.ListeningGateway.checkRun;
import static dev.signalbox.starter.gateway.ListeningGateway.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.preview.PreviewEnvWorkflow;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitHubDoorTest {
  private static final String EVENTS =
      """
      branch_protection_rule check_run check_suite code_scanning_alert commit_comment
      create delete dependabot_alert deploy_key deployment deployment_review
      deployment_status discussion discussion_comment fork github_app_authorization gollum
      installation installation_repositories issue_comment issues label
      marketplace_purchase member membership merge_group meta milestone organization
      org_block package page_build ping project project_card project_column
      projects_v2_item public pull_request pull_request_review pull_request_review_comment
      pull_request_review_thread push release repository_dispatch repository
      repository_import repository_vulnerability_alert security_advisory sponsorship star
      status team team_add watch workflow_dispatch workflow_job workflow_run
      """;

  private static ListeningGateway gateway;

  @BeforeAll
  static void start() {
    gateway = new ListeningGateway(Limits.DEFAULTS);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          check_run         | {"check_run": {"head_sha": "%s"}, %s}
          check_suite       | {"check_suite": {"head_sha": "%s"}, %s}
          workflow_run      | {"workflow_run": {"head_sha": "%s"}, %s}
          pull_request      | {"pull_request": {"head": {"sha": "%s"}}, %s}
          pull_request_review | {"pull_request": {"head": {"sha": "%s"}}, %s}
          deployment_status | {"deployment": {"sha": "%s"}, %s}
          status            | {"sha": "%s", %s}
          """)
  void tellsThePromotionsOfTheCommit(String event, String body) {
    String sha = UUID.randomUUID().toString().replace("-", "") + "01234567";
    String production = PromotionWorkflow.id("inspector", "production", sha);
    gateway.run(production);

    HttpResponse<String> answer =
        gateway.deliver(
            event,
            "d-1",
            body.formatted(sha, "\"repository\": {\"full_name\": \"acme/inspector\"}"));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(gateway.hints(production))
        .extracting(Hint::delivery, Hint::event)
        .containsExactly(tuple("d-1", event));
  }

  @Test
  void tellsNobodyWhatHappenedInAnotherRepository() {
    String run = PromotionWorkflow.id("inspector", "production", "c".repeat(40));
    gateway.run(run);

    gateway.deliver(
        "check_run",
        "d-11",
        checkRun("c".repeat(40)).replace("Acme/inspector", "acme/inspector-fork"));

    assertThat(gateway.hints(run)).isEmpty();
  }

  @Test
  void tellsTheDeploysOfADeploymentOfACommit() {
    String deploy = MigrateAndDeployWorkflow.id("inspector", "production");
    gateway.run(deploy);

    gateway.deliver(
        "deployment_status",
        "d-10",
        "{\"deployment\": {\"sha\": \""
            + SHA
            + "\"}, \"repository\": {\"full_name\": \"acme/inspector\"}}");

    assertThat(gateway.hints(deploy))
        .containsExactly(new Hint("github", "d-10", "deployment_status", SHA));
  }

  @Test
  void tellsTheLedgersOfAPush() {
    String ledger = EnvironmentWorkflow.id("inspector", "production");
    gateway.run(ledger);

    gateway.deliver(
        "push",
        "d-8",
        "{\"ref\": \"refs/tags/v1\", \"repository\": {\"full_name\": \"acme/inspector\"}}");

    assertThat(gateway.hints(ledger))
        .containsExactly(new Hint("github", "d-8", "push", "refs/tags/v1"));
  }

  @Test
  void tellsTheLedgersOfAPullRequestWhoseLabelMayCount() {
    String ledger = EnvironmentWorkflow.id("inspector", "staging");
    gateway.run(ledger);

    for (String action : List.of("labeled", "synchronize", "closed")) {
      gateway.deliver(
          "pull_request",
          "d-" + action,
          "{\"action\": \""
              + action
              + "\", \"pull_request\": {\"number\": 7}, \"repository\": {\"full_name\":"
              + " \"acme/inspector\"}}");
    }

    assertThat(gateway.hints(ledger))
        .containsExactly(
            new Hint("github", "d-labeled", "pull_request", "refs/pull/7/head"),
            new Hint("github", "d-closed", "pull_request", "refs/pull/7/head"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          projects_v2_item | {"action": "created"}
          ping      | {"zen": "Keep it logically awesome."}
          star      | {"action": "created", "repository": {"full_name": "acme/inspector"}}
          check_run | {"check_run": {"head_sha": 7}, "repository": {"full_name": "acme/inspector"}}
          check_run | {"check_run": {"head_sha": "%s"}, "repository": {"full_name": "acme/other"}}
          push      | {"ref": null}
          """)
  void acceptsAndIgnoresWhatConcernsNobodyHere(String event, String body) {
    assertThat(gateway.deliver(event, "d-2", body.replace("%s", SHA)).statusCode()).isEqualTo(202);
  }

  /** Every event that octokit/webhooks has an example of; GitHub may add others. */
  @Test
  void acceptsEveryEventThatGitHubSends() {
    assertThat(EVENTS.strip().split("\\s+"))
        .hasSize(58)
        .allSatisfy(
            event ->
                assertThat(gateway.deliver(event, "d-9", "{\"action\": \"created\"}").statusCode())
                    .isEqualTo(202));
  }

  @Test
  void refusesWhatIsNotSigned() {
    String body = checkRun(SHA);
    Map<String, String> unsigned = new HashMap<>(headers("check_run", "d-3", body));
    unsigned.remove(GitHubSignature.HEADER);
    Map<String, String> sha1 = new HashMap<>(unsigned);
    sha1.put("X-Hub-Signature", "sha1=" + "0".repeat(40));

    assertThat(List.of(post(unsigned, body), post(sha1, body))).containsOnly(401);
  }

  @Test
  void refusesTheSameJsonInOtherBytes() {
    String body = checkRun(SHA);

    assertThat(post(headers("check_run", "d-4", body), body.replaceAll("\\s", ""))).isEqualTo(401);
  }

  @Test
  void refusesWhatGitHubWouldNotSend() {
    String body = checkRun(SHA);

    assertThat(
            List.of(
                without("X-GitHub-Event"), without("X-GitHub-Delivery"), without("Content-Type")))
        .containsExactly(400, 400, 415);
    assertThat(post(with("Content-Type", "application/x-www-form-urlencoded"), body))
        .isEqualTo(415);
    assertThat(post(with("X-GitHub-Delivery", "a b"), body)).isEqualTo(400);
    assertThat(gateway.deliver("check_run", "d-5", "[]").statusCode()).isEqualTo(400);
    assertThat(gateway.deliver("check_run", "d-5", "{}{}").statusCode()).isEqualTo(400);
    assertThat(gateway.deliver("check_run", "d-5", "null").statusCode()).isEqualTo(400);
  }

  @Test
  void losesNothingOfABurstWithDuplicatesAndForgeries() throws Exception {
    String run = PromotionWorkflow.id("inspector", "staging", "b".repeat(40));
    gateway.run(run);
    String body = checkRun("b".repeat(40));
    List<Map<String, String>> burst = new ArrayList<>();
    for (int i = 0; i < 800; i++) {
      burst.add(headers("check_run", "burst-" + i, body));
    }
    for (int i = 0; i < 100; i++) {
      burst.add(headers("check_run", "burst-" + i, body));
      burst.add(headers("check_run", "forged-" + i, body + " "));
    }
    Collections.shuffle(burst, new Random(1));

    Map<Integer, Integer> answers = all(burst, body);

    assertThat(answers).isEqualTo(Map.of(202, 900, 401, 100));
    assertThat(gateway.hints(run))
        .extracting(Hint::delivery)
        .hasSizeBetween(800, 900)
        .contains("burst-0", "burst-799")
        .noneMatch(delivery -> delivery.startsWith("forged"));
    assertThat(gateway.hints(run).stream().map(Hint::delivery).distinct().count()).isEqualTo(800);
  }

  private static Map<Integer, Integer> all(List<Map<String, String>> burst, String body)
      throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(20);
    List<Callable<Integer>> calls = new ArrayList<>();
    burst.forEach(headers -> calls.add(() -> post(headers, body)));
    Map<Integer, Integer> answers = new TreeMap<>();
    for (Future<Integer> call : senders.invokeAll(calls)) {
      answers.merge(call.get(), 1, Integer::sum);
    }
    senders.shutdown();
    return answers;
  }

  private static int without(String header) {
    String body = checkRun(SHA);
    Map<String, String> fewer = new HashMap<>(headers("check_run", "d-6", body));
    fewer.remove(header);
    return post(fewer, body);
  }

  private static Map<String, String> with(String header, String value) {
    Map<String, String> other = new HashMap<>(headers("check_run", "d-7", checkRun(SHA)));
    other.put(header, value);
    return other;
  }

  private static int post(Map<String, String> headers, String body) {
    return gateway.post(GitHubDoor.PATH, headers, body).statusCode();
  }

  @Test
  void beginsThePreviewOfAPullRequestThatIsOpenedOnceHoweverOftenItIsTold() {
    String opened = pullRequest("opened", 41);
    for (int i = 0; i < 5; i++) {
      assertThat(gateway.deliver("pull_request", "d-41", opened).statusCode()).isEqualTo(202);
    }
    gateway.deliver("pull_request", "d-41-b", pullRequest("synchronize", 41));

    // Temporal's server drops a request that it knows, its test server does not; the run knows its
    // deliveries.
    assertThat(gateway.hints(PreviewEnvWorkflow.id("inspector", 41)))
        .extracting(Hint::delivery)
        .startsWith("d-41")
        .endsWith("d-41-b")
        .containsOnly("d-41", "d-41-b");
  }

  @Test
  void beginsNoPreviewForAPushToAPullRequestThatHasNone() {
    HttpResponse<String> answer =
        gateway.deliver("pull_request", "d-42", pullRequest("synchronize", 42));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(gateway.knows(PreviewEnvWorkflow.id("inspector", 42))).isFalse();
  }

  private static String pullRequest(String action, int number) {
    return """
    {"action": "%s", "pull_request": {"number": %d, "head": {"sha": "%s"}},
     "repository": {"full_name": "acme/inspector"}}
    """
        .formatted(action, number, SHA);
  }
}
