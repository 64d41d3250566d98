package dev.signalbox.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branch protection and rulesets, made through the API. */
class GitHubProtectionTest {

  private static final String NO_MERGES = "This branch must not contain merge commits.";

  @TempDir Path directory;
  private GitHubServer server;
  private String head;

  @BeforeEach
  void aPullRequestFromStagingToMain() {
    server = new GitHubServer(directory);
    server.commit("main", "app.txt", "one\n");
    head = server.commit("staging", "app.txt", "two\n");
    server.post("/pulls", "{'head':'staging','base':'main','title':'Promote'}");
    server.github.addToken("ghp_ana", "ana");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private GitHubServer.Answer protect(String checks, String reviews, boolean linear) {
    return server.put(
        "/branches/main/protection",
        "{'required_status_checks':"
            + checks
            + ",'enforce_admins':true,'required_pull_request_reviews':"
            + reviews
            + ",'restrictions':null,'required_linear_history':"
            + linear
            + "}");
  }

  private GitHubServer.Answer rule(String rule) {
    return server.post(
        "/rulesets",
        "{'name':'r','target':'branch','enforcement':'active','conditions':{'ref_name':"
            + "{'include':['~DEFAULT_BRANCH'],'exclude':[]}},'rules':["
            + rule
            + "]}");
  }

  private GitHubServer.Answer merge(String method) {
    return server.put("/pulls/1/merge", "{'sha':'" + head + "','merge_method':'" + method + "'}");
  }

  private void asAna() {
    server.header("Authorization", "Bearer ghp_ana");
  }

  @Test
  void keepsWhatItWasGivenUntilItIsLifted() {
    protect("{'strict':false,'checks':[{'context':'ci'}]}", "null", false);

    assertThat(server.get("/branches/main").at("/protected").asBoolean()).isTrue();
    assertThat(
            server
                .get("/branches/main/protection/required_status_checks")
                .at("/contexts/0")
                .asText())
        .isEqualTo("ci");
    server.patch("/branches/main/protection/required_status_checks", "{'contexts':['ci','lint']}");
    assertThat(server.get("/branches/main/protection/required_status_checks/contexts").json())
        .hasSize(2);
    assertThat(merge("merge").at("/message").asText())
        .isEqualTo("2 of 2 required status checks have not succeeded.");
    assertThat(server.delete("/branches/main/protection").status()).isEqualTo(204);
    assertThat(server.get("/branches/main/protection").status()).isEqualTo(404);
    assertThat(merge("merge").status()).isEqualTo(200);
  }

  @Test
  void asksForAllFieldsThatGitHubAsksFor() {
    assertThat(server.put("/branches/main/protection", "{}").at("/message").asText())
        .contains("\"required_status_checks\" wasn't supplied");
  }

  @Test
  void mergesWhenSomebodyElseApproved() {
    protect("null", "{'required_approving_review_count':1}", false);

    assertThat(merge("merge").status()).isEqualTo(405);
    assertThat(merge("merge").at("/message").asText())
        .isEqualTo("At least 1 approving review is required by reviewers with write access.");
    server.github.review(1, "ana", "APPROVE");
    assertThat(merge("merge").status()).isEqualTo(200);
  }

  @Test
  void countsNoApprovalThatWasDismissedOrTurnedIntoARefusal() {
    protect("null", "{'required_approving_review_count':1}", false);
    asAna();
    long review =
        server.post("/pulls/1/reviews", "{'event':'APPROVE','body':'fine'}").at("/id").asLong();

    server.put("/pulls/1/reviews/" + review + "/dismissals", "{'message':'no longer'}");

    assertThat(server.get("/pulls/1/reviews").at("/0/state").asText()).isEqualTo("DISMISSED");
    assertThat(merge("merge").status()).isEqualTo(405);
    server.post("/pulls/1/reviews", "{'event':'APPROVE'}");
    server.post("/pulls/1/reviews", "{'event':'REQUEST_CHANGES','body':'wait'}");
    assertThat(merge("merge").at("/message").asText()).contains("Changes have been requested");
  }

  @Test
  void countsOnlyApprovalsOfTheHeadWhereStaleOnesAreDismissed() {
    protect("null", "{'required_approving_review_count':1,'dismiss_stale_reviews':true}", false);
    server.github.review(1, "ana", "APPROVE");

    head = server.commit("staging", "app.txt", "three\n");

    assertThat(merge("merge").status()).isEqualTo(405);
    server.github.review(1, "ana", "APPROVE");
    assertThat(merge("merge").status()).isEqualTo(200);
  }

  @Test
  void submitsAReviewThatWasBegun() {
    asAna();
    GitHubServer.Answer pending = server.post("/pulls/1/reviews", "{'body':'so far'}");
    String review = "/pulls/1/reviews/" + pending.at("/id").asLong();

    assertThat(pending.at("/state").asText()).isEqualTo("PENDING");
    assertThat(server.post(review + "/events", "{'event':'APPROVE'}").at("/state").asText())
        .isEqualTo("APPROVED");
    assertThat(server.delete(review).status()).isEqualTo(422);
  }

  @Test
  void takesNoMergeCommitWhereHistoryIsStraight() {
    protect("null", "null", true);

    assertThat(merge("merge").at("/message").asText()).isEqualTo(NO_MERGES);
    assertThat(merge("squash").at("/message").asText())
        .isEqualTo("Squash merges are not allowed on this repository.");
    assertThat(server.patch("/git/refs/heads/main", "{'sha':'" + head + "'}").status())
        .as("a fast-forward is straight")
        .isEqualTo(200);
  }

  @Test
  void squashesWhereTheRepositoryAllowsIt() {
    rule("{'type':'required_linear_history'}");
    server.patch("", "{'allow_squash_merge':true}");

    String sha = merge("squash").at("/sha").asText();

    assertThat(server.repository.commitAt(sha).parents()).hasSize(1);
    assertThat(server.repository.tip("main")).contains(sha);
  }

  @Test
  void rebasesOnTopOfWhatTheBaseGotMeanwhile() {
    String other = server.commit("main", "other.txt", "from main\n");
    server.patch("", "{'allow_rebase_merge':true}");

    String sha = merge("rebase").at("/sha").asText();

    assertThat(server.repository.commitAt(sha).parents()).containsExactly(other);
    assertThat(server.repository.read(sha, "app.txt")).map(String::new).contains("two\n");
  }

  @Test
  void wantsAHeadThatHoldsItsBaseWhereChecksAreStrict() {
    protect("{'strict':true,'contexts':[]}", "null", false);
    server.commit("main", "other.txt", "from main\n");

    assertThat(merge("merge").status()).isEqualTo(405);
    server.get("/pulls/1");
    assertThat(server.get("/pulls/1").at("/mergeable_state").asText()).isEqualTo("behind");
    assertThat(
            server.put("/pulls/1/update-branch", "{'expected_head_sha':'" + head + "'}").status())
        .isEqualTo(202);
    head = server.repository.tip("staging").orElseThrow();
    assertThat(merge("merge").status()).isEqualTo(200);
  }

  @Test
  void showsTheRulesThatHoldForABranch() {
    long id =
        rule("{'type':'required_status_checks','parameters':{'strict_required_status_checks_policy'"
                + ":false,'required_status_checks':[{'context':'ci'}]}}")
            .at("/id")
            .asLong();

    assertThat(
            server
                .get("/rules/branches/main")
                .at("/0/parameters/required_status_checks/0/context")
                .asText())
        .isEqualTo("ci");
    assertThat(server.get("/rules/branches/staging").json()).isEmpty();
    assertThat(merge("merge").at("/message").asText())
        .isEqualTo("Required status check \"ci\" is expected.");
    assertThat(server.get("/rulesets").at("/0/id").asLong()).isEqualTo(id);
    assertThat(server.delete("/rulesets/" + id).status()).isEqualTo(204);
    assertThat(server.get("/rules/branches/main").json()).isEmpty();
    assertThat(merge("merge").status()).isEqualTo(200);
  }

  @Test
  void changesAReviewedBranchByPullRequestOnly() {
    protect("null", "{'required_approving_review_count':1}", false);

    assertThat(server.patch("/git/refs/heads/main", "{'sha':'" + head + "'}").status())
        .isEqualTo(422);
    assertThat(server.post("/merges", "{'base':'main','head':'staging'}").status()).isEqualTo(422);
    assertThat(
            server
                .put("/contents/new.txt", "{'message':'x','content':'eA==','branch':'main'}")
                .status())
        .isEqualTo(409);
  }
}
