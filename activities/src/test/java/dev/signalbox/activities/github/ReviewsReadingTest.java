package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.MergeOrder;
import dev.signalbox.workflows.github.GitHubActivities.PullDraft;
import dev.signalbox.workflows.github.GitHubActivities.PullRequest;
import dev.signalbox.workflows.github.ReleaseFacts;
import dev.signalbox.workflows.github.ReleaseQuery;
import dev.signalbox.workflows.github.Reviews.Review;
import dev.signalbox.workflows.github.Reviews.ReviewState;
import dev.signalbox.workflows.github.Reviews.ReviewedPull;
import dev.signalbox.workflows.github.Reviews.ReviewsQuery;
import dev.signalbox.workflows.github.Reviews.ReviewsReport;
import dev.signalbox.workflows.release.ReleaseSet.Commit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class ReviewsReadingTest extends OnSandbox {
  private GitHubActivities github;
  private String source;
  private String pinned;

  @BeforeEach
  void register(TestInfo test) {
    github = stub(GitHubActivities.class, new GitHubActivitiesImpl(github(), SERVED));
    source = test.getTestMethod().orElseThrow().getName();
    sandbox.repository().setBranch(source, head("main"));
  }

  @Test
  void findsThePullRequestThatBroughtEachCommitIn() {
    PullRequest feature = merged("feature", source);
    sandbox.github().review(feature.number(), "ben", "APPROVE");
    String pushed = push(source, "Mend it quickly");
    // The promotion's own holds every commit too, and is no review of any.
    open(source, "main");

    ReviewsReport report = read(true);

    assertThat(report.pulls()).extracting(ReviewedPull::number).containsExactly(feature.number());
    assertThat(report.pulls().get(0).reviews())
        .containsExactly(new Review("ben", ReviewState.APPROVED, head(source + "-feature")));
    assertThat(report.withoutPull()).extracting(Commit::sha).containsExactly(pushed);
  }

  @Test
  void readsTheReviewsOfThePromotionsOwnPullRequest() {
    push(source, "A release");
    assertThat(read(false).pulls()).isEmpty();
    PullRequest own = open(source, "main");
    ReviewsReport unreviewed = read(false);

    sandbox.github().review(own.number(), "ben", "COMMENT");
    assertThat(read(false).fingerprint()).isEqualTo(unreviewed.fingerprint());
    sandbox.github().review(own.number(), "ben", "REQUEST_CHANGES");

    ReviewsReport report = read(false);
    assertThat(report.fingerprint()).isNotEqualTo(unreviewed.fingerprint());
    assertThat(report.pulls()).extracting(ReviewedPull::number).containsExactly(own.number());
    assertThat(report.pulls().get(0).reviews())
        .extracting(Review::state)
        .containsExactly(ReviewState.CHANGES_REQUESTED);
  }

  @Test
  void keepsTheCommitThatAnApprovalWasGivenFor() {
    String approved = push(source, "A release");
    PullRequest own = open(source, "main");
    sandbox.github().review(own.number(), "ben", "APPROVE");
    String later = push(source, "One more");

    ReviewedPull pull = read(false).pulls().get(0);

    assertThat(pull.head()).isEqualTo(later);
    assertThat(pull.reviews()).extracting(Review::commit).containsExactly(approved);
  }

  @Test
  void readsThePromotionsOwnPullRequestFromABranchOfItsOwn() {
    push(source, "A release");
    pinned = source + "-pinned/";
    String name = pinned + "20261126-204500";
    sandbox.repository().setBranch(name, head(source));
    sandbox.repository().setBranch(source + "-other", head(source));
    open(source + "-other", "main");
    assertThat(read(false).pulls()).isEmpty();

    PullRequest own = open(name, "main");

    assertThat(read(false).pulls()).extracting(ReviewedPull::number).containsExactly(own.number());
    push(name, "Not what is promoted");
    assertThat(read(false).pulls()).isEmpty();
  }

  @Test
  void tellsWhoHasNoPartInTheRepository() {
    push(source, "A release");
    PullRequest own = open(source, "main");
    sandbox.github().associate("olga", "OWNER");
    sandbox.github().associate("carl", "COLLABORATOR");
    sandbox.github().associate("mallory", "NONE");
    sandbox.github().associate("peter", "CONTRIBUTOR");
    for (String login : List.of("olga", "ben", "carl", "mallory", "peter", "checker[bot]")) {
      sandbox.github().review(own.number(), login, "APPROVE");
    }

    assertThat(read(false).pulls().get(0).reviews())
        .extracting(Review::reviewer, Review::outsider)
        .containsExactly(
            tuple("olga", false),
            tuple("ben", false),
            tuple("carl", false),
            tuple("mallory", true),
            tuple("peter", true),
            tuple("checker[bot]", true));
  }

  private PullRequest merged(String name, String into) {
    String branch = source + "-" + name;
    sandbox.repository().setBranch(branch, head(into));
    String sha = push(branch, "Add " + name);
    PullRequest pull = open(branch, into);
    github.merge(
        new MergeOrder(
            PROJECT,
            sandbox.repositoryName(),
            pull.number(),
            sha,
            sha,
            head(into),
            "Add " + name,
            null));
    return pull;
  }

  private PullRequest open(String head, String base) {
    return github.ensurePull(
        new PullDraft(PROJECT, sandbox.repositoryName(), head, base, "From " + head, "A body"));
  }

  private String push(String branch, String text) {
    return sandbox.pushRelease(
        branch, Map.of(branch + ".txt", text.getBytes(StandardCharsets.UTF_8)), text);
  }

  private ReviewsReport read(boolean each) {
    ReleaseFacts release =
        github.readRelease(
            new ReleaseQuery(
                PROJECT, sandbox.repositoryName(), head(source), null, false, "main", List.of()));
    return github.readReviews(
        new ReviewsQuery(
            PROJECT,
            sandbox.repositoryName(),
            each,
            source,
            "main",
            null,
            pinned,
            head(source),
            release.commits()));
  }
}
