package dev.signalbox.sandbox.github;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubCommitsTest extends GitHubTest {
  @Test
  void comparesAcrossAFork() {
    String left = server.commit("staging", "left.txt", "left\n");
    server.commit("main", "right.txt", "right\n");

    GitHubServer.Answer answer = server.get("/compare/main...staging");

    assertThat(answer.at("/status").asText()).isEqualTo("diverged");
    assertThat(answer.at("/ahead_by").asInt()).isEqualTo(1);
    assertThat(answer.at("/behind_by").asInt()).isEqualTo(1);
    assertThat(answer.at("/merge_base_commit/sha").asText()).isEqualTo(first);
    assertThat(answer.at("/commits/0/sha").asText()).isEqualTo(left);
    assertThat(answer.at("/commits/0/parents/0/sha").asText()).isEqualTo(first);
    assertThat(answer.at("/commits/0/author/login").asText()).isEqualTo("signalbox-sandbox");
    assertThat(answer.at("/files")).hasSize(1);
    assertThat(answer.at("/files/0/filename").asText()).isEqualTo("left.txt");
    assertThat(answer.at("/files/0/status").asText()).isEqualTo("added");
    assertThat(answer.at("/files/0/patch").asText()).isEqualTo("@@ -0,0 +1 @@\n+left");
  }

  @Test
  void comparesABranchWithItself() {
    assertThat(server.get("/compare/main...main").at("/status").asText()).isEqualTo("identical");
    assertThat(server.get("/compare/main...nowhere").status()).isEqualTo(404);
  }

  @Test
  void makesARefOnce() {
    String body = "{'ref':'refs/heads/feature/x','sha':'" + first + "'}";

    assertThat(server.post("/git/refs", body).status()).isEqualTo(201);
    GitHubServer.Answer second = server.post("/git/refs", body);

    assertThat(second.status()).isEqualTo(422);
    assertThat(second.at("/message").asText()).isEqualTo("Reference already exists");
  }

  @Test
  void findsABranchWithAPlainAndAnEncodedSlash() {
    server.repository.branch("feature/x", first);

    assertThat(server.get("/git/ref/heads/feature/x").at("/object/sha").asText()).isEqualTo(first);
    assertThat(server.get("/git/ref/heads%2Ffeature%2Fx").at("/object/sha").asText())
        .isEqualTo(first);
    assertThat(server.get("/git/ref/heads/feature").status()).isEqualTo(404);
  }

  @Test
  void movesABranchForwardOnly() {
    String second = server.commit("main", "app.txt", "two\n");

    GitHubServer.Answer back =
        server.patch("/git/refs/heads/main", "{'sha':'" + first + "','force':false}");

    assertThat(back.status()).isEqualTo(422);
    assertThat(back.at("/message").asText()).isEqualTo("Update is not a fast forward");
    assertThat(server.repository.tip("main")).contains(second);
    assertThat(
            server
                .patch("/git/refs/heads/main", "{'sha':'" + "a".repeat(40) + "'}")
                .at("/message")
                .asText())
        .isEqualTo("Object does not exist");
  }

  @Test
  void hasNoRefsWhileItIsEmpty(@TempDir Path another) {
    try (GitHubServer empty = new GitHubServer(another)) {
      assertThat(empty.get("/git/ref/heads/main").status()).isEqualTo(409);
    }
  }

  @Test
  void givesAFileAsJsonAndRaw() {
    String content = server.get("/contents/app.txt?ref=main").at("/content").asText();
    assertThat(Base64.getMimeDecoder().decode(content)).asString(UTF_8).isEqualTo("one\n");

    server.header("Accept", "application/vnd.github.raw+json");

    assertThat(server.get("/contents/app.txt?ref=" + first).text()).isEqualTo("one\n");
  }

  @Test
  void mergesBranchesWithoutAPullRequest() {
    server.repository.branch("staging", first);
    server.commit("main", "app.txt", "two\n");

    assertThat(server.post("/merges", "{'base':'staging','head':'main'}").status()).isEqualTo(201);
    assertThat(server.post("/merges", "{'base':'staging','head':'main'}").status()).isEqualTo(204);
    server.commit("main", "app.txt", "three\n");
    server.commit("staging", "app.txt", "four\n");
    assertThat(server.post("/merges", "{'base':'staging','head':'main'}").status()).isEqualTo(409);
  }

  @Test
  void isPendingWhileNothingIsReported() {
    assertThat(server.get("/commits/main/status").at("/state").asText()).isEqualTo("pending");

    server.post("/statuses/" + first, "{'state':'failure','context':'ci'}");
    server.post("/statuses/" + first, "{'state':'success','context':'ci'}");

    assertThat(server.get("/commits/main/status").at("/state").asText()).isEqualTo("success");
    assertThat(server.get("/commits/main/statuses").json()).hasSize(2);
  }

  @Test
  void reportsTheChecksThatAPushedCommitAsksFor() {
    String sha =
        server.commit(
            "main",
            "backend/sandbox.toml",
            """
            checks = { python-ci = 'failure', lint = 'pending' }
            checks_after = 0
            """);

    GitHubServer.Answer answer = server.get("/commits/" + sha + "/check-runs");

    assertThat(answer.at("/total_count").asInt()).isEqualTo(2);
    assertThat(named(answer, "python-ci", "conclusion")).isEqualTo("failure");
    assertThat(named(answer, "python-ci", "status")).isEqualTo("completed");
    assertThat(named(answer, "lint", "status")).isEqualTo("in_progress");
    assertThat(answer.at("/check_runs/0/app/slug").asText()).isEqualTo("github-actions");
  }

  @Test
  void endsAReportedCheckAfterAWhile() {
    String sha =
        server.commit(
            "main", "sandbox.toml", "checks = { ci = 'success' }\nchecks_after = '50ms'\n");

    Instant deadline = Instant.now().plus(Duration.ofSeconds(5));
    String conclusion = null;
    while (!"success".equals(conclusion) && Instant.now().isBefore(deadline)) {
      conclusion = named(server.get("/commits/" + sha + "/check-runs"), "ci", "conclusion");
    }

    assertThat(conclusion).isEqualTo("success");
  }

  private static String named(GitHubServer.Answer answer, String name, String field) {
    for (var run : answer.at("/check_runs")) {
      if (run.at("/name").asText().equals(name)) {
        return run.get(field).asText();
      }
    }
    return null;
  }

  @Test
  void endsACheckWhenItIsTold() {
    server.github.completeCheck(first, "python-ci", "cancelled");

    assertThat(named(server.get("/commits/" + first + "/check-runs"), "python-ci", "conclusion"))
        .isEqualTo("cancelled");
  }

  @Test
  void showsProtectionOnlyWhereThereIsSome() {
    assertThat(server.get("/branches/main/protection").at("/message").asText())
        .isEqualTo("Branch not protected");
    assertThat(server.get("/rules/branches/main").json()).isEmpty();

    server.github.requireChecks("main", List.of("ci"));

    assertThat(
            server
                .get("/branches/main/protection")
                .at("/required_status_checks/contexts/0")
                .asText())
        .isEqualTo("ci");
  }

  @Test
  void deploysOnlyWhatIsGreenUnlessAskedNotToLook() {
    server.post("/statuses/" + first, "{'state':'failure','context':'ci'}");

    assertThat(server.post("/deployments", "{'ref':'main'}").status()).isEqualTo(409);
    GitHubServer.Answer made =
        server.post(
            "/deployments",
            "{'ref':'main','environment':'production','auto_merge':false,'required_contexts':[]}");

    assertThat(made.status()).isEqualTo(201);
    long id = made.at("/id").asLong();
    assertThat(server.post("/deployments/" + id + "/statuses", "{'state':'success'}").status())
        .isEqualTo(201);
    assertThat(server.get("/deployments/" + id + "/statuses").at("/0/state").asText())
        .isEqualTo("success");
    assertThat(server.get("/deployments?environment=production").json()).hasSize(1);
  }

  @Test
  void mergesTheDefaultBranchInsteadOfDeployingABranchThatLacksIt() {
    server.repository.branch("topic", first);
    server.commit("main", "app.txt", "two\n");

    GitHubServer.Answer answer = server.post("/deployments", "{'ref':'topic'}");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(server.get("/deployments").json()).isEmpty();
  }

  @Test
  void tagsACommitAndReleasesIt() {
    String tag =
        server
            .post(
                "/git/tags",
                "{'tag':'v1','message':'one','object':'" + first + "','type':'commit'}")
            .at("/sha")
            .asText();
    server.post("/git/refs", "{'ref':'refs/tags/v1','sha':'" + tag + "'}");

    assertThat(server.get("/git/ref/tags/v1").at("/object/type").asText()).isEqualTo("tag");
    assertThat(server.repository.resolve("v1")).contains(first);
    assertThat(server.post("/releases", "{'tag_name':'v1'}").status()).isEqualTo(201);
    assertThat(server.get("/releases/tags/v1").at("/tag_name").asText()).isEqualTo("v1");
    assertThat(server.post("/releases", "{'tag_name':'v1'}").at("/errors/0/code").asText())
        .isEqualTo("already_exists");
  }
}
