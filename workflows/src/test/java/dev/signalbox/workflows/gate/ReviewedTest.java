package dev.signalbox.workflows.gate;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.github.Reviews.Review;
import dev.signalbox.workflows.github.Reviews.ReviewState;
import dev.signalbox.workflows.policy.EnvironmentPolicy.ReviewedBy;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReviewedTest {
  private static final String EARLIER = "e".repeat(40);

  @Test
  void isMetAndSaysSoWhenNoReviewsAreRequired() {
    assertThat(judge(null, aLook()))
        .isEqualTo(GateResult.met("reviewed", "no reviews are required"));
  }

  @Test
  void isMetWhenSomebodyElseApprovesEachPullRequest() {
    FactsFixture approved =
        aLook()
            .withPull(12, "ana", review("ben", ReviewState.APPROVED))
            .withPull(13, "ben", review("ana", ReviewState.APPROVED));

    assertThat(judge(ReviewedBy.EACH, approved))
        .isEqualTo(GateResult.met("reviewed", "approved: #12 by ben; #13 by ana"));
  }

  @Test
  void waitsForThePullRequestThatNobodyButItsAuthorApproves() {
    FactsFixture own =
        aLook()
            .withPull(12, "ana", review("ben", ReviewState.APPROVED))
            .withPull(13, "ben", review("Ben", ReviewState.APPROVED));

    assertThat(judge(ReviewedBy.EACH, own))
        .isEqualTo(
            GateResult.waiting(
                "reviewed",
                "#13 Add a thing is approved by nobody but its author",
                null,
                "reviewers"));
  }

  @Test
  void doesNotLetAnOutsiderMeetIt() {
    FactsFixture strange = aLook().withPull(12, "ana", outside("mallory", ReviewState.APPROVED));

    assertThat(judge(ReviewedBy.EACH, strange))
        .isEqualTo(
            GateResult.waiting(
                "reviewed",
                "#12 Add a thing is approved by nobody but its author"
                    + "; not counted, no member or collaborator: mallory",
                null,
                "reviewers"));
  }

  @Test
  void doesNotLetAnOutsiderCloseIt() {
    FactsFixture strange =
        aLook()
            .withPull(
                12,
                "ana",
                review("ben", ReviewState.APPROVED),
                outside("mallory", ReviewState.CHANGES_REQUESTED));

    assertThat(judge(ReviewedBy.EACH, strange))
        .isEqualTo(GateResult.met("reviewed", "approved: #12 by ben"));
  }

  @Test
  void countsTheLastDecidingReviewOfEachPerson() {
    FactsFixture changed =
        aLook()
            .withPull(
                12,
                "ana",
                review("ben", ReviewState.APPROVED),
                review("ben", ReviewState.CHANGES_REQUESTED),
                review("ben", ReviewState.OTHER),
                review("carl", ReviewState.APPROVED));
    assertThat(judge(ReviewedBy.PROMOTION, changed).evidence())
        .isEqualTo("#12 Add a thing: changes are requested by ben");

    FactsFixture mended =
        aLook()
            .withPull(
                12,
                "ana",
                review("ben", ReviewState.CHANGES_REQUESTED),
                review("ben", ReviewState.APPROVED));
    assertThat(judge(ReviewedBy.PROMOTION, mended).state()).isEqualTo(State.MET);
  }

  @Test
  void closesAgainWhenTheApprovalIsDismissed() {
    FactsFixture dismissed =
        aLook()
            .withPull(
                12,
                "ana",
                review("ben", ReviewState.APPROVED),
                review("ben", ReviewState.DISMISSED));

    assertThat(judge(ReviewedBy.PROMOTION, dismissed).evidence())
        .isEqualTo(
            "#12 Add a thing is approved by nobody but its author; dismissed: the review of ben");
  }

  @Test
  void takesNoApprovalOfAnotherHead() {
    FactsFixture outdated =
        aLook().withPull(12, "ana", new Review("ben", ReviewState.APPROVED, EARLIER));

    GateResult result = judge(ReviewedBy.EACH, outdated);

    assertThat(result.state()).isEqualTo(State.WAITING);
    assertThat(result.evidence())
        .isEqualTo("#12 Add a thing was approved by ben for another commit than bbbbbbb");
  }

  @Test
  void failsWithTheCommitsThatCameInWithoutAPullRequest() {
    FactsFixture pushed =
        aLook()
            .withPull(12, "ana", review("ben", ReviewState.APPROVED))
            .withCommitWithoutPull("Mend it quickly");

    assertThat(judge(ReviewedBy.EACH, pushed))
        .isEqualTo(
            GateResult.failed(
                "reviewed", "in no pull request: 9999999 Mend it quickly (carl-gh)", "authors"));
  }

  @Test
  void failsWhereGitHubDoesNotListEveryCommit() {
    FactsFixture many =
        aLook().withPull(12, "ana", review("ben", ReviewState.APPROVED)).withCommitsInAll(300);

    assertThat(judge(ReviewedBy.EACH, many).state()).isEqualTo(State.FAILED);
    assertThat(judge(ReviewedBy.PROMOTION, many).state()).isEqualTo(State.MET);
  }

  @Test
  void waitsForThePromotionsPullRequestToBeOpened() {
    assertThat(judge(ReviewedBy.PROMOTION, aLook().withReviews(List.of())).state())
        .isEqualTo(State.WAITING);
  }

  @Test
  void waitsWhileGitHubIsAway() {
    assertThat(judge(ReviewedBy.EACH, aLook().without("GitHub")))
        .isEqualTo(GateResult.waiting("reviewed", "GitHub answered 503", null, "GitHub"));
  }

  private static Review outside(String by, ReviewState state) {
    return new Review(by, state, REVISION, true);
  }

  private static Review review(String by, ReviewState state) {
    return new Review(by, state, REVISION);
  }

  private static GateResult judge(ReviewedBy wanted, FactsFixture facts) {
    return Gates.of(aPipeline().reviewed(wanted).build(), REVISION, List.of())
        .judge(facts.build())
        .stream()
        .filter(result -> result.name().equals("reviewed"))
        .findFirst()
        .orElseThrow();
  }
}
