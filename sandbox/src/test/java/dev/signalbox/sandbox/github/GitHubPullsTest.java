package dev.signalbox.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.sandbox.Journal;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubPullsTest {

  private static final String MERGE = "PUT /repos/{owner}/{repo}/pulls/{number}/merge";

  @TempDir Path directory;
  private GitHubServer server;
  private String base;
  private String head;

  @BeforeEach
  void aPullRequestFromStagingToMain() {
    server = new GitHubServer(directory);
    base = server.commit("main", "app.txt", "one\n");
    head = server.commit("staging", "app.txt", "two\n");
    assertThat(open("staging", "main").status()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private GitHubServer.Answer open(String from, String to) {
    return server.post("/pulls", "{'head':'" + from + "','base':'" + to + "','title':'Promote'}");
  }

  private GitHubServer.Answer merge(String sha) {
    return server.put("/pulls/1/merge", "{'sha':'" + sha + "','merge_method':'merge'}");
  }

  @Test
  void mergesWithACommitOfTwoParents() {
    GitHubServer.Answer answer = merge(head);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/merged").asBoolean()).isTrue();
    var commit = server.repository.commitAt(server.repository.tip("main").orElseThrow());
    assertThat(commit.sha()).isEqualTo(answer.at("/sha").asText());
    assertThat(commit.parents()).containsExactly(base, head);
    assertThat(commit.tree()).isEqualTo(server.repository.commitAt(head).tree());
    assertThat(server.get("/pulls/1/merge").status()).isEqualTo(204);
  }

  @Test
  void refusesToMergeAnotherHeadThanTheOneNamed() {
    server.commit("staging", "app.txt", "three\n");

    GitHubServer.Answer answer = merge(head);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.at("/message").asText()).startsWith("Head branch was modified");
    assertThat(server.repository.tip("main")).contains(base);
  }

  @Test
  void showsAPullRequestFromAForkAsOne() {
    server.repository.setBranch("theirs", server.commit("staging", "app.txt", "four\n"));
    open("mallory:theirs", "main");

    GitHubServer.Answer shown = server.get("/pulls/2");

    assertThat(shown.at("/head/label").asText()).isEqualTo("mallory:theirs");
    assertThat(shown.at("/head/repo/full_name").asText()).startsWith("mallory/");
    assertThat(shown.at("/head/repo/fork").asBoolean()).isTrue();
    assertThat(shown.at("/base/repo/fork").asBoolean()).isFalse();
  }

  @Test
  void refusesToMergeTwice() {
    merge(head);

    GitHubServer.Answer second = merge(head);

    assertThat(second.status()).isEqualTo(405);
    assertThat(second.at("/message").asText()).isEqualTo("Pull Request is not mergeable");
  }

  @Test
  void refusesToMergeAConflict() {
    server.commit("main", "app.txt", "another\n");

    assertThat(merge(head).status()).isEqualTo(405);
    assertThat(server.get("/pulls/1").at("/mergeable").isNull()).isTrue();
    assertThat(server.get("/pulls/1").at("/mergeable").asBoolean(true)).isFalse();
    assertThat(server.get("/pulls/1").at("/mergeable_state").asText()).isEqualTo("dirty");
  }

  @Test
  void mergesContentThatBothSidesChanged() {
    server.commit("main", "other.txt", "from main\n");

    String merged = merge(head).at("/sha").asText();

    assertThat(server.repository.read(merged, "app.txt")).map(String::new).contains("two\n");
    assertThat(server.repository.read(merged, "other.txt")).isPresent();
  }

  @Test
  void doesNotKnowAtTheFirstReadWhetherItCanBeMerged() {
    assertThat(server.get("/pulls/1").at("/mergeable").isNull()).isTrue();
    assertThat(server.get("/pulls/1").at("/mergeable").asBoolean(false)).isTrue();

    server.commit("staging", "app.txt", "three\n");

    assertThat(server.get("/pulls/1").at("/mergeable").isNull()).isTrue();
  }

  @Test
  void followsItsHeadBranch() {
    String newer = server.commit("staging", "app.txt", "three\n");

    assertThat(server.get("/pulls/1").at("/head/sha").asText()).isEqualTo(newer);
  }

  @Test
  void isMergedWhenItsHeadReachesTheBaseByAPush() {
    server.repository.setBranch("main", head);

    GitHubServer.Answer pull = server.get("/pulls/1");

    assertThat(pull.at("/merged").asBoolean()).isTrue();
    assertThat(pull.at("/state").asText()).isEqualTo("closed");
  }

  @Test
  void refusesASecondPullRequestForThePair() {
    GitHubServer.Answer second = open("staging", "main");

    assertThat(second.status()).isEqualTo(422);
    assertThat(second.at("/errors/0/code").asText()).isEqualTo("custom");
    assertThat(second.at("/errors/0/message").asText())
        .isEqualTo("A pull request already exists for acme:staging.");
  }

  @Test
  void refusesAPullRequestWithoutCommits() {
    server.repository.branch("same", base);

    assertThat(open("same", "main").at("/errors/0/message").asText())
        .isEqualTo("No commits between main and same");
  }

  @Test
  void isFoundByItsHeadAndBase() {
    assertThat(server.get("/pulls?head=acme:staging&base=main&state=open").json()).hasSize(1);
    assertThat(server.get("/pulls?head=acme:main&state=open").json()).isEmpty();
    assertThat(server.get("/commits/" + head + "/pulls").at("/0/number").asInt()).isEqualTo(1);
  }

  @Test
  void losesItsMergeCommitInTheNewerVersion() {
    merge(head);

    assertThat(server.get("/pulls/1").json().has("merge_commit_sha")).isTrue();
    server.header("X-GitHub-Api-Version", "2026-03-10");
    assertThat(server.get("/pulls/1").json().has("merge_commit_sha")).isFalse();
  }

  @Test
  void waitsForRequiredChecks() {
    server.github.requireChecks("main", List.of("python-ci"));

    assertThat(merge(head).at("/message").asText())
        .isEqualTo("Required status check \"python-ci\" is expected.");
    server.post("/statuses/" + head, "{'state':'failure','context':'python-ci'}");
    assertThat(merge(head).at("/message").asText())
        .isEqualTo("Required status check \"python-ci\" is failing.");
    server.post("/statuses/" + head, "{'state':'success','context':'python-ci'}");
    assertThat(merge(head).status()).isEqualTo(200);
  }

  @Test
  void cannotBeApprovedByItsAuthor() {
    assertThat(server.post("/pulls/1/reviews", "{'event':'APPROVE'}").status()).isEqualTo(422);

    server.github.review(1, "ana", "APPROVE");

    assertThat(server.get("/pulls/1/reviews").at("/0/state").asText()).isEqualTo("APPROVED");
    assertThat(server.get("/pulls/1/reviews").at("/0/commit_id").asText()).isEqualTo(head);
  }

  @Test
  void keepsACommentThatIsEditedAndRemoved() {
    long id = server.post("/issues/1/comments", "{'body':'first'}").at("/id").asLong();

    server.patch("/issues/comments/" + id, "{'body':'second'}");

    assertThat(server.get("/issues/1/comments").at("/0/body").asText()).isEqualTo("second");
    assertThat(server.delete("/issues/comments/" + id).status()).isEqualTo(204);
    assertThat(server.get("/issues/1/comments").json()).isEmpty();
  }

  @Test
  void journalsAMergeWhoseAnswerIsLost() {
    server.faults.add(Faults.Rule.of(MERGE, Fault.RESET_AFTER));

    Assertions.assertThatThrownBy(() -> merge(head)).hasRootCauseInstanceOf(Exception.class);

    assertThat(server.get("/pulls/1").at("/merged").asBoolean()).isTrue();
    Journal.Entry entry =
        server.journal.entries().stream()
            .filter(one -> one.operation().equals(MERGE))
            .findFirst()
            .orElseThrow();
    assertThat(entry.changedState()).isTrue();
    assertThat(entry.target().branch()).isEqualTo("main");
    assertThat(entry.target().id()).isEqualTo("1");
  }
}
