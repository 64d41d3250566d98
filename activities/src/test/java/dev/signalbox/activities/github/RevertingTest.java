package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.sandbox.git.Commit;
import dev.signalbox.sandbox.git.GitRepository;
import dev.signalbox.workflows.github.GitHubActivities.AncestryQuery;
import dev.signalbox.workflows.github.ReleaseFacts.Revert;
import dev.signalbox.workflows.github.RevertOrder;
import dev.signalbox.workflows.github.RevertPull;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A release taken back by a pull request: what is in it, once through lost answers, or whole. */
class RevertingTest extends GitHubHouse {
  private static final String PULLS = "POST /repos/{owner}/{repo}/pulls";

  private GitRepository git;
  private String base;
  private int runs;

  @BeforeEach
  void atWhatRuns() {
    git = sandbox.repository();
    base = head("main");
    runs++;
  }

  @Test
  void takesBackEveryCommitOfTheReleaseAndLeavesWhatCameAfterIt() {
    String first = commit("staging", "a.txt", "one");
    String second = commit("staging", "b.txt", "two");
    String later = commit("staging", "c.txt", "three");

    RevertPull pull = github.openRevert(order("staging", second, base));

    Commit revert = git.commitAt(head(branchOf(second)));
    assertThat(pull.url()).endsWith("/pull/" + number(revert.sha()));
    assertThat(revert.parents()).containsExactly(later);
    assertThat(git.changedPaths(base, revert.sha())).containsExactly("c.txt");
    assertThat(revert.message())
        .contains("This reverts commit " + second + ".\nThis reverts commit " + first + ".");
    assertThat(
            github
                .readSince(new AncestryQuery(PROJECT, repository, second, revert.sha()))
                .reverts())
        .contains(new Revert(revert.sha(), second));
    assertThat(git.branches()).noneMatch(name -> name.startsWith("signalbox/reverting"));
  }

  @Test
  void takesBackAMergeAgainstItsFirstParent() {
    String before = commit("line", "line.txt", "of the branch");
    git.setBranch("feature", base);
    String feature = commit("feature", "feature.txt", "worked on");
    String merge =
        client
            .git()
            .mergeInto(Repository.of(repository), "line", feature, "Merge the feature")
            .sha();

    RevertPull pull = github.openRevert(order("line", merge, null));

    Commit revert = git.commitAt(head(branchOf(merge)));
    assertThat(pull.words()).isNull();
    assertThat(git.changedPaths(before, revert.sha())).isEmpty();
    assertThat(revert.message())
        .isEqualTo(
            "Revert \"Merge the feature\"\n\nThis reverts commit "
                + merge
                + ", reversing\nchanges made to "
                + before
                + ".\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /repos/{owner}/{repo}/git/commits",
        "POST /repos/{owner}/{repo}/git/refs",
        "POST /repos/{owner}/{repo}/merges",
        PULLS
      })
  void opensOnePullRequestWhicheverAnswerIsLost(String operation) {
    String branch = "lost-" + runs;
    String bad = commit(branch, "bad-" + runs + ".txt", "bad");
    commit(branch, "later-" + runs + ".txt", "later");
    RevertOrder order = order(branch, bad, base);
    sandbox.faults().add(Faults.Rule.of(operation, Fault.RESET_AFTER));

    Throwable lost = catchThrowable(() -> github.openRevert(order));
    RevertPull pull = github.openRevert(order);
    RevertPull again = github.openRevert(order);

    assertThat(lost).isNotNull();
    assertThat(pull.url()).isNotNull();
    assertThat(again).isEqualTo(pull);
    assertThat(effects(PULLS)).isEqualTo(1);
    assertThat(git.changedPaths(base, head(branchOf(bad))))
        .containsExactly("later-" + runs + ".txt");
  }

  @Test
  void opensNoSecondOneAfterSomebodyHasClosedIt() {
    String bad = commit("closed", "closed.txt", "bad");
    RevertOrder order = order("closed", bad, base);
    RevertPull pull = github.openRevert(order);
    git.deleteRef("refs/heads/" + branchOf(bad));

    assertThat(github.openRevert(order)).isEqualTo(pull);
    assertThat(effects(PULLS)).isEqualTo(1);
  }

  @Test
  void saysInAConflictWhatAPersonIsToDoAndLeavesNothingBehind() {
    String first = commit("conflict", "same.txt", "one\n");
    String second = commit("conflict", "same.txt", "two\n");
    commit("conflict", "same.txt", "three\n");

    RevertPull pull = github.openRevert(order("conflict", second, base));

    assertThat(pull.url()).isNull();
    assertThat(pull.words())
        .isEqualTo(
            "no revert pull request: what came to `conflict` after "
                + second.substring(0, 7)
                + " is in conflict with taking it back; take it back on `conflict` by hand: `git"
                + " revert "
                + second.substring(0, 7)
                + "`, `git revert "
                + first.substring(0, 7)
                + "`");
    assertThat(git.branches())
        .noneMatch(name -> name.contains(second.substring(0, 7)))
        .contains("conflict");
    assertThat(effects(PULLS)).isZero();
  }

  private RevertOrder order(String branch, String revision, String ranBefore) {
    return new RevertOrder(
        PROJECT,
        repository,
        "production",
        branch,
        revision,
        ranBefore,
        "promotion/inspector/production/" + revision,
        runId());
  }

  private String runId() {
    return "%08d-of-this-test".formatted(runs);
  }

  private String branchOf(String revision) {
    return "signalbox/revert-production-" + revision.substring(0, 7) + "-%08d".formatted(runs);
  }

  private long number(String head) {
    return client.pullsOf(Repository.of(repository), head).get(0).number();
  }

  private String commit(String branch, String file, String text) {
    if (git.tip(branch).isEmpty()) {
      git.setBranch(branch, base);
    }
    return git.push(branch, Map.of(file, text.getBytes(StandardCharsets.UTF_8)), "Add " + text);
  }
}
