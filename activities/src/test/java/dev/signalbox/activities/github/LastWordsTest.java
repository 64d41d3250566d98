package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.github.EndOfRun;
import dev.signalbox.workflows.github.EndOfRun.MadeBranch;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.DeploymentDraft;
import dev.signalbox.workflows.github.GitHubActivities.PullDraft;
import dev.signalbox.workflows.github.GitHubActivities.PullRequest;
import dev.signalbox.workflows.github.PostedText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastWordsTest extends OnSandbox {
  private static final String REMOVAL = "DELETE /repos/{owner}/{repo}/git/refs/{ref}";
  private static final String RUN = "run-1";
  private static final String WHY = "terminated; its deploy: build failed";

  private GitHubActivities github;
  private GitHubClient client;
  private Repository repository;
  private String branch;
  private String revision;
  private String id;

  @BeforeEach
  void aReleaseIsOnItsWay() {
    client = github();
    github = stub(GitHubActivities.class, new GitHubActivitiesImpl(client, SERVED));
    repository = Repository.of(sandbox.repositoryName());
    branch = "release-" + sandbox.journal().last();
    sandbox.repository().setBranch(branch, head("main"));
    revision =
        sandbox.pushRelease(
            branch, Map.of("notes.txt", branch.getBytes(StandardCharsets.UTF_8)), branch);
    id = "promotion/inspector/production/" + revision;
  }

  @Test
  void saysEverywhereThatATerminatedPromotionFailed() {
    PullRequest pull = pull(id);
    long deployment = deployment();

    github.tellEnd(end(false, true));

    assertThat(client.statuses(repository, revision))
        .anySatisfy(
            status -> {
              assertThat(status.context()).isEqualTo("signalbox/production");
              assertThat(status.state()).isEqualTo("failure");
            });
    assertThat(client.deploymentStatuses(repository, deployment))
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.state()).isEqualTo("failure");
              assertThat(status.description()).isEqualTo(WHY);
            });
    assertThat(client.pull(repository, pull.number()).body())
        .contains("State: **terminated**", "- [ ] merge")
        .doesNotContain("State: **deploying**");
    assertThat(comments(pull)).singleElement().asString().contains(WHY, "signalbox promote");
  }

  @Test
  void saysItOnceHoweverOftenItIsAsked() {
    PullRequest pull = pull(id);
    long deployment = deployment();

    github.tellEnd(end(false, true));
    github.tellEnd(end(false, true));

    assertThat(comments(pull)).hasSize(1);
    assertThat(client.deploymentStatuses(repository, deployment)).hasSize(1);
    assertThat(effects("PATCH /repos/{owner}/{repo}/pulls/{number}")).isEqualTo(1);
  }

  @Test
  void writesNothingIntoAPullRequestOfAForkThatHasItsMarker() {
    String fork = "mallory:" + branch;
    int planted =
        github(sandbox.reviewerToken())
            .createPull(repository, fork, "main", "P", PostedText.body("State: **deploying**", id))
            .number();

    github.tellEnd(end(false, true));

    assertThat(client.pull(repository, planted).body()).contains("State: **deploying**");
    assertThat(client.comments(repository, planted)).isEmpty();
  }

  @Test
  void isNotSilencedByAStrangersCommentWithItsMarker() {
    PullRequest pull = pull(id);
    github(sandbox.reviewerToken())
        .comment(repository, pull.number(), PostedText.marker(id + " " + RUN + " end"));

    github.tellEnd(end(false, true));

    assertThat(comments(pull)).hasSize(2).last().asString().contains(WHY);
  }

  @Test
  void saysThatItIsLiveAndLeavesTheCommitAllowedToMerge() {
    PullRequest pull = pull(id);
    long deployment = deployment();

    github.tellEnd(end(true, true));

    assertThat(client.statuses(repository, revision)).isEmpty();
    assertThat(client.deploymentStatuses(repository, deployment))
        .extracting(status -> status.state())
        .containsExactly("success");
    assertThat(comments(pull)).singleElement().asString().startsWith("### Live in production");
  }

  @Test
  void leavesThePullRequestAloneThatAnotherPromotionHasTakenOver() {
    PullRequest pull = pull("promotion/inspector/production/" + "9".repeat(40));

    github.tellEnd(end(false, true));

    assertThat(client.pull(repository, pull.number()).body()).contains("State: **deploying**");
    assertThat(comments(pull)).isEmpty();
  }

  @Test
  void leavesTheCommitStatusToANewerRunOfTheSameCommit() {
    github.tellEnd(end(false, false));

    assertThat(client.statuses(repository, revision)).isEmpty();
  }

  @Test
  void removesTheBranchThatTheRunMadeAndSaysSo() {
    String own = ownBranch(revision);
    PullRequest pull = pullFrom(own);

    github.tellEnd(end(new MadeBranch(own, revision, true)));
    github.tellEnd(end(new MadeBranch(own, revision, true)));

    assertThat(sandbox.repository().tip(own)).isEmpty();
    assertThat(client.pull(repository, pull.number()).state()).isEqualTo("closed");
    assertThat(comments(pull))
        .singleElement()
        .asString()
        .contains("Its branch `" + own + "` is removed");
  }

  @Test
  void leavesABranchThatWasMovedSinceAndSaysSo() {
    String moved = ownBranch(head("main"));
    PullRequest pull = pull(id);

    github.tellEnd(end(new MadeBranch(moved, revision, true)));

    assertThat(sandbox.repository().tip(moved)).isPresent();
    assertThat(comments(pull)).singleElement().asString().contains(moved, "is left");
  }

  @Test
  void leavesABranchThatGitHubDoesNotLetGo() {
    String kept = ownBranch(revision);
    PullRequest pull = pullFrom(kept);
    sandbox.faults().add(Faults.Rule.of(REMOVAL, Fault.SERVER_ERROR).answering(422));

    github.tellEnd(end(new MadeBranch(kept, revision, true)));

    assertThat(sandbox.repository().tip(kept)).contains(revision);
    assertThat(comments(pull)).singleElement().asString().contains("unless GitHub refuses that");
  }

  @Test
  void leavesABranchOfWhichNoAnswerIsOnRecordAndSaysSo() {
    String doubtful = ownBranch(revision);
    PullRequest pull = pullFrom(doubtful);

    github.tellEnd(end(new MadeBranch(doubtful, revision, false)));

    assertThat(sandbox.repository().tip(doubtful)).contains(revision);
    assertThat(comments(pull)).singleElement().asString().contains(doubtful, "is not on record");
  }

  private String ownBranch(String commit) {
    String name = "promote/" + branch;
    sandbox.repository().setBranch(name, commit);
    return name;
  }

  private PullRequest pullFrom(String head) {
    return github.ensurePull(
        new PullDraft(
            PROJECT,
            sandbox.repositoryName(),
            head,
            "main",
            "Promote it",
            PostedText.body("State: **deploying**", id)));
  }

  private EndOfRun end(MadeBranch made) {
    EndOfRun end = end(false, true);
    return new EndOfRun(
        end.project(),
        end.repository(),
        end.environment(),
        end.workflowId(),
        end.runId(),
        end.revision(),
        end.sourceBranch(),
        end.targetBranch(),
        end.live(),
        end.ownStatus(),
        end.detail(),
        made);
  }

  private PullRequest pull(String promotion) {
    return github.ensurePull(
        new PullDraft(
            PROJECT,
            sandbox.repositoryName(),
            branch,
            "main",
            "Promote it",
            PostedText.body("State: **deploying**\n\n- [ ] merge", promotion)));
  }

  private long deployment() {
    return github.createDeployment(
        new DeploymentDraft(
            PROJECT,
            sandbox.repositoryName(),
            revision,
            "production",
            id + " " + RUN + " deployment",
            "Promote it"));
  }

  private List<String> comments(PullRequest pull) {
    return client.comments(repository, pull.number()).stream()
        .map(comment -> comment.body())
        .toList();
  }

  private EndOfRun end(boolean live, boolean ownStatus) {
    return new EndOfRun(
        PROJECT,
        sandbox.repositoryName(),
        "production",
        id,
        RUN,
        revision,
        branch,
        "main",
        live,
        ownStatus,
        WHY,
        null);
  }
}
