package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.github.GitHubActivities.MergeOrder;
import dev.signalbox.workflows.github.GitHubActivities.MergedPullQuery;
import dev.signalbox.workflows.github.GitHubActivities.PullBody;
import dev.signalbox.workflows.github.GitHubActivities.PullRequest;
import dev.signalbox.workflows.github.MergeProof;
import dev.signalbox.workflows.github.ReleaseFacts;
import io.temporal.failure.ApplicationFailure;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Merging, and moving a branch forward. */
class GitHubMergesTest extends GitHubHouse {
  private static final String MERGE = "PUT /repos/{owner}/{repo}/pulls/{number}/merge";
  private static final String FORWARD = "PATCH /repos/{owner}/{repo}/git/refs/{ref}";
  private static final String BRANCH = "GET /repos/{owner}/{repo}/git/ref/{ref}";
  private static final String COMMIT = "GET /repos/{owner}/{repo}/git/commits/{sha}";

  @Test
  void namesTheMergeThatStandsForTheRevisionAndItsPullRequest() {
    Offer pull = release("merged");
    MergeProof proof = github.merge(order(pull, head("main")));

    ReleaseFacts facts = read(pull.sha());

    assertThat(facts.merged()).isEqualTo(proof.mergeCommit());
    assertThat(facts.targetHead()).isEqualTo(proof.mergeCommit());
    assertThat(mergedPull(proof.mergeCommit())).isEqualTo(pull.pull());
    assertThat(mergedPull(pull.sha())).isEqualTo(pull.pull());
  }

  @Test
  void namesNoMergeWhereTheTargetHasMoreThanTheRevision() {
    Offer pull = release("overtaken");
    github.merge(order(pull, head("main")));
    push("main", "Mend it in production");

    assertThat(read(pull.sha()).merged()).isNull();
  }

  @Test
  void takesTheRevisionForMergedWhereTheTargetEndsWithIt() {
    sandbox.repository().setBranch("pushed", head("main"));
    String revision = push("pushed", "Pushed to main by hand");
    assertThat(read(revision).merged()).isNull();

    sandbox.repository().setBranch("main", revision);

    assertThat(read(revision).merged()).isEqualTo(revision);
    assertThat(mergedPull(revision)).isNull();
  }

  @Test
  void mergesOnceAndProvesIt() {
    String before = head("main");
    Offer pull = release("proved");

    MergeProof proof = github.merge(order(pull, before));
    MergeProof again = github.merge(order(pull, before));

    assertThat(proof.mergeCommit()).isEqualTo(head("main"));
    assertThat(proof.parents()).containsExactly(before, pull.sha());
    assertThat(proof.tree()).isEqualTo(proof.revisionTree());
    assertThat(again).isEqualTo(proof);
    assertThat(effects(MERGE)).isEqualTo(1);
  }

  @Test
  void callsAMergeUnclearWhoseCommitCannotBeReadYet() {
    String before = head("main");
    Offer pull = release("unseen");
    sandbox.faults().add(Faults.Rule.of(COMMIT, Fault.SERVER_ERROR).answering(404).times(2));

    MergeProof merged = github.merge(order(pull, before));
    FailureType lagging = typeOf(() -> github.readMerge(order(pull, before)));
    MergeProof read = github.readMerge(order(pull, before));

    assertThat(merged.unclear()).contains("404");
    assertThat(lagging).isEqualTo(FailureType.UNAVAILABLE);
    assertThat(read.mergeCommit()).isEqualTo(head("main"));
    assertThat(read.parents()).containsExactly(before, pull.sha());
    assertThat(effects(MERGE)).isEqualTo(1);
  }

  @Test
  void seesThatNothingWasMerged() {
    Offer pull = release("unmerged");

    assertThat(typeOf(() -> github.readMerge(order(pull, head("main")))))
        .isEqualTo(FailureType.UNCHANGED);
  }

  @Test
  void movesTheBranchForwardOnceAndGitHubCallsThePullRequestMerged() {
    String before = head("main");
    Offer pull = release("forward");

    MergeProof proof = github.merge(forward(pull, before));
    MergeProof again = github.merge(forward(pull, before));

    assertThat(head("main")).isEqualTo(pull.sha());
    assertThat(proof.mergeCommit()).isEqualTo(pull.sha());
    assertThat(proof.tree()).isEqualTo(proof.revisionTree());
    assertThat(again).isEqualTo(proof);
    assertThat(effects(FORWARD)).isEqualTo(1);
    assertThat(client.pull(Repository.of(repository), pull.pull().number()).merged()).isTrue();
    github.updatePull(new PullBody(PROJECT, repository, pull.pull().number(), "Merged by itself"));
    assertThat(github.readMerge(forward(pull, before))).isEqualTo(proof);
  }

  /** What is lost, what that is called, and whether it had happened. */
  private static Stream<Arguments> lostAnswers() {
    return Stream.of(
        arguments(Fault.RESET_BEFORE, FailureType.UNAVAILABLE, 0),
        arguments(Fault.RESET_AFTER, FailureType.UNAVAILABLE, 1),
        arguments(Fault.SERVER_ERROR, FailureType.UNAVAILABLE, 0),
        arguments(Fault.TOO_MANY_REQUESTS, FailureType.RATE_LIMITED, 0),
        arguments(Fault.MALFORMED, FailureType.UNAVAILABLE, 1));
  }

  @ParameterizedTest
  @MethodSource("lostAnswers")
  void findsItsMoveAfterALostAnswer(Fault fault, FailureType type, int effects) {
    String before = head("main");
    Offer pull = release("lost-forward-" + fault);
    sandbox.faults().add(Faults.Rule.of(FORWARD, fault));

    MergeProof proof = mergedTwice(FORWARD, forward(pull, before), type, effects);

    assertThat(proof.mergeCommit()).isEqualTo(pull.sha());
  }

  /**
   * What the second try proves, after a first one that failed so.
   *
   * @param effects of the first one
   */
  private MergeProof mergedTwice(
      String operation, MergeOrder order, FailureType type, int effects) {
    ApplicationFailure failure = failureOf(() -> github.merge(order));
    assertThat(FailureType.of(failure.getType())).isEqualTo(type);
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(effects(operation)).isEqualTo(effects);
    MergeProof proof = github.merge(order);
    assertThat(effects(operation)).isEqualTo(1);
    return proof;
  }

  @Test
  void saysThatTheBaseMovedAndLeavesItWhereItIs() {
    String before = head("main");
    Offer pull = release("raced");
    String foreign = push("main", "Mend it in production");

    ApplicationFailure failure = failureOf(() -> github.merge(forward(pull, before)));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.REJECTED);
    assertThat(failure.getOriginalMessage())
        .startsWith("the base moved: main is at " + foreign + ", no longer at " + before)
        .endsWith("nothing deployed");
    assertThat(head("main")).isEqualTo(foreign);
    assertThat(effects(FORWARD)).isZero();
  }

  @Test
  void callsAMoveUnclearThatIsNotToBeSeenYet() {
    String before = head("main");
    Offer pull = release("unseen-forward");
    sandbox.faults().add(Faults.Rule.of(BRANCH, Fault.SERVER_ERROR).answering(404).times(2));

    MergeProof moved = github.merge(forward(pull, before));
    FailureType lagging = typeOf(() -> github.readMerge(forward(pull, before)));
    MergeProof read = github.readMerge(forward(pull, before));

    assertThat(moved.unclear()).contains("404");
    assertThat(lagging).isEqualTo(FailureType.UNAVAILABLE);
    assertThat(read.mergeCommit()).isEqualTo(head("main"));
    assertThat(effects(FORWARD)).isEqualTo(1);
  }

  @Test
  void seesThatTheBranchWasNotMoved() {
    Offer pull = release("unmoved");

    assertThat(typeOf(() -> github.readMerge(forward(pull, head("main")))))
        .isEqualTo(FailureType.UNCHANGED);
  }

  @Test
  void refusesToMergeAHeadThatHasMoved() {
    String before = head("main");
    Offer pull = release("moved");
    push("moved", "One more");

    ApplicationFailure failure = failureOf(() -> github.merge(order(pull, before)));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.REJECTED);
    assertThat(head("main")).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("lostAnswers")
  void findsItsMergeAfterALostAnswer(Fault fault, FailureType type, int effects) {
    String before = head("main");
    Offer pull = release("lost-" + fault);
    sandbox.faults().add(Faults.Rule.of(MERGE, fault));

    MergeProof proof = mergedTwice(MERGE, order(pull, before), type, effects);

    assertThat(proof.parents()).containsExactly(before, pull.sha());
  }

  private PullRequest mergedPull(String commit) {
    return github.findMergedPull(new MergedPullQuery(PROJECT, repository, commit, "main"));
  }

  private MergeOrder forward(Offer pull, String targetHead) {
    return new MergeOrder(
        PROJECT,
        repository,
        pull.pull().number(),
        pull.sha(),
        pull.sha(),
        targetHead,
        null,
        "main");
  }
}
