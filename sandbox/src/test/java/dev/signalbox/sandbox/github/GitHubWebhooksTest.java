package dev.signalbox.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.sandbox.Eventually;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubWebhooksTest {

  private static final String SECRET = "It's a Secret to Everybody";

  @TempDir Path directory;
  private GitHubServer server;
  private HookReceiver receiver;
  private String first;

  @BeforeEach
  void start() {
    server = new GitHubServer(directory);
    first = server.commit("main", "app.txt", "one\n");
    receiver = new HookReceiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
    server.close();
  }

  private void hear(String... events) {
    server.github.addWebhook(receiver.url(), SECRET, List.of(events));
  }

  private static JsonNode about(HookReceiver.Delivered delivered) {
    return delivered.payload();
  }

  /** The vector of GitHub's own documentation. */
  @Test
  void signsAsGitHubDoes() {
    assertThat(Signature.sha256(SECRET, "Hello, World!".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
  }

  @Test
  void sendsASignedPushWithItsCommits() {
    hear("push");

    String second = server.commit("main", "new.txt", "two\n");

    HookReceiver.Delivered push = receiver.next("push");
    assertThat(push.signature()).isEqualTo(Signature.sha256(SECRET, push.body()));
    assertThat(push.guid()).hasSize(36);
    assertThat(about(push).at("/ref").asText()).isEqualTo("refs/heads/main");
    assertThat(about(push).at("/before").asText()).isEqualTo(first);
    assertThat(about(push).at("/after").asText()).isEqualTo(second);
    assertThat(about(push).at("/commits/0/added/0").asText()).isEqualTo("new.txt");
    assertThat(about(push).at("/repository/full_name").asText()).isEqualTo("acme/inspector");
    assertThat(about(push).at("/repository/url").asText())
        .isEqualTo(server.url() + "/api/v3/repos/acme/inspector");
  }

  @Test
  void sendsAPushOfABranchThatComesAndGoes() {
    hear("push");

    server.repository.branch("topic", first);
    server.delete("/git/refs/heads/topic");

    assertThat(about(receiver.next("push")).at("/created").asBoolean()).isTrue();
    JsonNode gone = about(receiver.next("push"));
    assertThat(gone.at("/deleted").asBoolean()).isTrue();
    assertThat(gone.at("/after").asText()).isEqualTo("0".repeat(40));
    assertThat(gone.at("/head_commit").isNull()).isTrue();
  }

  @Test
  void followsAPullRequestFromOpeningToItsMerge() {
    hear("pull_request");
    String before = server.commit("staging", "app.txt", "two\n");
    server.post("/pulls", "{'head':'staging','base':'main','title':'Promote'}");
    server.patch("/pulls/1", "{'title':'Promote it'}");
    server.post("/issues/1/labels", "{'labels':['bug']}");
    String head = server.commit("staging", "app.txt", "three\n");
    server.put("/pulls/1/merge", "{'sha':'" + head + "'}");

    JsonNode opened = about(receiver.next("pull_request"));
    assertThat(opened.at("/action").asText()).isEqualTo("opened");
    assertThat(opened.at("/pull_request/head/sha").asText()).isEqualTo(before);
    assertThat(opened.at("/pull_request/mergeable").isNull()).isTrue();
    assertThat(about(receiver.next("pull_request")).at("/action").asText()).isEqualTo("edited");
    assertThat(about(receiver.next("pull_request")).at("/label/name").asText()).isEqualTo("bug");
    JsonNode moved = about(receiver.next("pull_request"));
    assertThat(moved.at("/action").asText()).isEqualTo("synchronize");
    assertThat(moved.at("/before").asText()).isEqualTo(before);
    assertThat(moved.at("/after").asText()).isEqualTo(head);
    JsonNode closed = about(receiver.next("pull_request"));
    assertThat(closed.at("/action").asText()).isEqualTo("closed");
    assertThat(closed.at("/pull_request/merged").asBoolean()).isTrue();
  }

  @Test
  void tellsOfChecksAndTheirSuite() {
    hear("check_run", "check_suite");
    long id =
        server
            .post("/check-runs", "{'name':'ci','head_sha':'" + first + "','status':'in_progress'}")
            .at("/id")
            .asLong();
    server.patch("/check-runs/" + id, "{'conclusion':'failure'}");

    assertThat(about(receiver.next("check_run")).at("/action").asText()).isEqualTo("created");
    JsonNode run = about(receiver.next("check_run"));
    assertThat(run.at("/check_run/conclusion").asText()).isEqualTo("failure");
    JsonNode suite = about(receiver.next("check_suite"));
    assertThat(suite.at("/action").asText()).isEqualTo("completed");
    assertThat(suite.at("/check_suite/conclusion").asText()).isEqualTo("failure");
    assertThat(suite.at("/check_suite/head_sha").asText()).isEqualTo(first);
  }

  @Test
  void tellsOfStatusesDeploymentsCommentsAndReviews() {
    hear("*");
    server.post("/statuses/" + first, "{'state':'success','context':'ci'}");
    long deployment =
        server
            .post("/deployments", "{'ref':'main','auto_merge':false,'required_contexts':[]}")
            .at("/id")
            .asLong();
    server.post("/deployments/" + deployment + "/statuses", "{'state':'success'}");
    server.commit("staging", "app.txt", "two\n");
    server.post("/pulls", "{'head':'staging','base':'main','title':'Promote'}");
    server.post("/issues/1/comments", "{'body':'/signalbox status'}");
    server.github.review(1, "ana", "APPROVE");

    assertThat(about(receiver.next("status")).at("/context").asText()).isEqualTo("ci");
    assertThat(about(receiver.next("deployment")).at("/deployment/id").asLong())
        .isEqualTo(deployment);
    JsonNode status = about(receiver.next("deployment_status"));
    assertThat(status.at("/deployment_status/state").asText()).isEqualTo("success");
    assertThat(status.at("/deployment/id").asLong()).isEqualTo(deployment);
    JsonNode comment = about(receiver.next("issue_comment"));
    assertThat(comment.at("/comment/body").asText()).isEqualTo("/signalbox status");
    assertThat(comment.at("/issue").has("pull_request")).isTrue();
    assertThat(about(receiver.next("pull_request_review")).at("/review/state").asText())
        .isEqualTo("approved");
  }

  @Test
  void pingsAHookMadeThroughTheApiAndRedeliversUnderTheSameGuid() {
    GitHubServer.Answer hook =
        server.post(
            "/hooks",
            "{'name':'web','events':['push'],'config':{'url':'"
                + receiver.url()
                + "','content_type':'json','secret':'s'}}");
    String path = "/hooks/" + hook.at("/id").asLong();
    assertThat(hook.at("/config/secret").asText()).isEqualTo("********");
    assertThat(about(receiver.next("ping")).at("/hook_id").asLong())
        .isEqualTo(hook.at("/id").asLong());
    server.commit("main", "app.txt", "two\n");
    HookReceiver.Delivered push = receiver.next("push");

    long delivery =
        Eventually.see(
                () -> server.get(path + "/deliveries").at("/0"),
                newest -> newest.at("/event").asText().equals("push"))
            .at("/id")
            .asLong();
    GitHubServer.Answer whole = server.get(path + "/deliveries/" + delivery);
    assertThat(whole.at("/status_code").asInt()).isEqualTo(200);
    assertThat(whole.at("/request/headers/X-GitHub-Event").asText()).isEqualTo("push");
    assertThat(server.post(path + "/deliveries/" + delivery + "/attempts", "{}").status())
        .isEqualTo(202);

    HookReceiver.Delivered again = receiver.next("push");
    assertThat(again.guid()).isEqualTo(push.guid());
    assertThat(again.body()).isEqualTo(push.body());
  }

  @Test
  void sendsAFormToAHookThatWantsOne() {
    server.post(
        "/hooks",
        "{'events':['push'],'config':{'url':'"
            + receiver.url()
            + "','content_type':'form','secret':'s'}}");

    HookReceiver.Delivered ping = receiver.next("ping");

    assertThat(new String(ping.body(), StandardCharsets.UTF_8)).startsWith("payload=%7B");
    assertThat(ping.signature()).isEqualTo(Signature.sha256("s", ping.body()));
  }

  @Test
  void isSilentOnceTheHookIsInactiveOrGone() {
    hear("push");
    long id = server.get("/hooks").at("/0/id").asLong();

    server.patch("/hooks/" + id, "{'active':false}");
    server.commit("main", "app.txt", "two\n");
    server.patch("/hooks/" + id, "{'active':true}");
    String third = server.commit("main", "app.txt", "three\n");

    assertThat(about(receiver.next("push")).at("/after").asText()).isEqualTo(third);
    assertThat(server.delete("/hooks/" + id).status()).isEqualTo(204);
    assertThat(server.get("/hooks").json()).isEmpty();
  }

  private void disturbed(Faults.Rule rule) {
    server.faults.add(rule);
    hear("push");
  }

  private String pushed(String content) {
    return server.commit("main", "app.txt", content);
  }

  private String arrived() {
    return about(receiver.next("push")).at("/after").asText();
  }

  @Test
  void losesADeliveryAndKeepsItForRedelivery() {
    disturbed(Faults.Rule.of("webhooks", Fault.LOSE));
    String lost = pushed("two\n");
    String next = pushed("three\n");

    assertThat(arrived()).isEqualTo(next);
    String deliveries = "/hooks/" + server.get("/hooks").at("/0/id").asLong() + "/deliveries";
    JsonNode failed = server.get(deliveries + "?status=failure").at("/0");
    assertThat(failed.at("/status_code").asInt()).isEqualTo(502);
    server.post(deliveries + "/" + failed.at("/id").asLong() + "/attempts", "{}");
    assertThat(arrived()).isEqualTo(lost);
  }

  @Test
  void deliversTwiceUnderOneGuid() {
    disturbed(Faults.Rule.of("push", Fault.DUPLICATE));
    pushed("two\n");

    assertThat(receiver.next("push").guid()).isEqualTo(receiver.next("push").guid());
  }

  @Test
  void letsTheNextDeliveryOvertake() {
    disturbed(Faults.Rule.of("webhooks", Fault.REORDER));
    String second = pushed("two\n");
    String third = pushed("three\n");

    assertThat(arrived()).isEqualTo(third);
    assertThat(arrived()).isEqualTo(second);
  }

  @Test
  void deliversLate() {
    disturbed(Faults.Rule.of("webhooks", Fault.DELAY).lasting(Duration.ofMillis(300)));
    String second = pushed("two\n");
    String third = pushed("three\n");

    assertThat(arrived()).isEqualTo(third);
    assertThat(arrived()).isEqualTo(second);
  }
}
