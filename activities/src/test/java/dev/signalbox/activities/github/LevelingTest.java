package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.signalbox.activities.github.GitHubAnswers.Pull;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.sandbox.git.GitRepository;
import dev.signalbox.workflows.github.GitHubActivities.MergeOrder;
import dev.signalbox.workflows.github.LevelOrder;
import dev.signalbox.workflows.github.LevelReport;
import dev.signalbox.workflows.github.LevelReport.Outcome;
import dev.signalbox.workflows.github.SyncActivities;
import dev.signalbox.workflows.release.ReleaseSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source branch brought level with the one that was released into: forward, or by a request. */
class LevelingTest extends GitHubHouse {
  private static final String PULLS = "POST /repos/{owner}/{repo}/pulls";

  private SyncActivities sync;
  private GitRepository git;

  @BeforeEach
  void registerSync() {
    sync = stub(SyncActivities.class, new SyncActivitiesImpl(client, SERVED));
    git = sandbox.repository();
  }

  @Test
  void movesTheSourceForwardToTheMergeAndFindsItLevelTheSecondTime() {
    released("forward");
    String merge = head("main");

    LevelReport report = level("forward");

    assertThat(report.outcome()).isEqualTo(Outcome.MOVED);
    assertThat(report.sourceHead()).isEqualTo(merge).isEqualTo(head("forward"));
    assertThat(report.treesEqual()).isTrue();
    assertThat(level("forward").outcome()).isEqualTo(Outcome.LEVEL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /repos/{owner}/{repo}/git/refs",
        PULLS,
        "PATCH /repos/{owner}/{repo}/git/refs/{ref}"
      })
  void isDoneOnceWhicheverAnswerIsLost(String operation) {
    boolean forward = operation.startsWith("PATCH");
    String branch = "lost-" + operation.hashCode();
    released(branch);
    String own = forward ? head(branch) : push(branch, "Of its own");
    long before = effects(PULLS);
    sandbox.faults().add(Faults.Rule.of(operation, Fault.RESET_AFTER));

    Throwable lost = catchThrowable(() -> level(branch));
    LevelReport report = level(branch);

    assertThat(lost).isNotNull();
    assertThat(level(branch).outcome()).isEqualTo(report.outcome());
    assertThat(effects(PULLS) - before).isEqualTo(forward ? 0 : 1);
    assertThat(head(branch)).isEqualTo(forward ? head("main") : own);
  }

  @Test
  void listsEveryCommitThatWouldBeLostByForceWithItsAuthor() {
    released("diverged");
    String first = push("diverged", "Mend @everybody");
    String second = push("diverged", "Try a thing");

    LevelReport report = level("diverged");

    assertThat(report.outcome()).isEqualTo(Outcome.PULL_REQUEST);
    assertThat(report.own()).extracting(ReleaseSet.Commit::sha).containsExactly(second, first);
    assertThat(head("diverged")).isEqualTo(second);
    assertThat(open("diverged").body())
        .contains("- " + second + " Try a thing (")
        .contains("- " + first + " Mend @\u200Beverybody (")
        .contains("Merge this with a merge commit.");
  }

  @Test
  void goesOnWithTheSamePullRequestAfterAnotherRelease() {
    released("again");
    push("again", "Of its own");
    LevelReport first = level("again");
    released("again");
    push("again", "Of its own, later");

    LevelReport second = level("again");

    assertThat(second.pull()).isEqualTo(first.pull());
    assertThat(open("again").head().sha()).isEqualTo(head("main")).isEqualTo(second.head());
    assertThat(open("again").body()).contains("Of its own, later");
  }

  @Test
  void saysSoWhereSomebodyHasPushedToThePullRequest() {
    released("taken");
    push("taken", "Of its own");
    level("taken");
    String branch = open("taken").head().ref();
    String resolved = push(branch, "Resolve a conflict");
    released("taken");
    push("taken", "Of its own, later");

    level("taken");

    assertThat(open("taken").head().sha()).isEqualTo(resolved);
    assertThat(open("taken").body()).contains("merge `main` into it first");
  }

  @Test
  void opensNoSecondOneAfterSomebodyHasClosedIt() {
    released("closed");
    push("closed", "Of its own");
    LevelReport first = level("closed");
    git.deleteRef("refs/heads/" + open("closed").head().ref());

    LevelReport report = level("closed");

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.words()).contains(first.pull() + " would have done it and was closed");
    assertThat(client.openPullsInto(Repository.of(repository), "closed")).isEmpty();
  }

  @Test
  void touchesNeitherOfTwoWithoutAHistoryInCommon() {
    released("severed");
    String before = head("severed");
    sandbox
        .faults()
        .add(
            Faults.Rule.of("GET /repos/{owner}/{repo}/compare/{basehead}", Fault.SERVER_ERROR)
                .answering(404));

    LevelReport report = level("severed");

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.words()).contains("no history in common with main");
    assertThat(head("severed")).isEqualTo(before);
  }

  /** The branch gets a commit and that is merged into main. */
  private void released(String branch) {
    if (git.tip(branch).isEmpty()) {
      git.setBranch(branch, head("main"));
    }
    push(branch, "Release " + branch);
    Offer offer = pull(branch);
    github.merge(
        new MergeOrder(
            PROJECT,
            repository,
            offer.pull().number(),
            offer.sha(),
            offer.sha(),
            head("main"),
            "Promoted",
            null));
  }

  private LevelReport level(String branch) {
    return sync.bringLevel(
        new LevelOrder(PROJECT, repository, "env-" + branch, "main", "source", branch));
  }

  private Pull open(String branch) {
    List<Pull> open = client.openPullsInto(Repository.of(repository), branch);
    assertThat(open).hasSize(1);
    return open.get(0);
  }
}
