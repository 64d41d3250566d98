package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Pull;
import dev.signalbox.activities.github.GitHubAnswers.PullReview;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.Fingerprint;
import dev.signalbox.workflows.github.Reviews.Review;
import dev.signalbox.workflows.github.Reviews.ReviewState;
import dev.signalbox.workflows.github.Reviews.ReviewedPull;
import dev.signalbox.workflows.github.Reviews.ReviewsQuery;
import dev.signalbox.workflows.github.Reviews.ReviewsReport;
import dev.signalbox.workflows.release.ReleaseSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the pull requests of a release, and reads who has approved them. */
final class ReviewsReading {
  private final GitHubClient github;
  private final Repository repository;
  private final ReviewsQuery query;

  ReviewsReading(GitHubClient github, Repository repository, ReviewsQuery query) {
    this.github = github;
    this.repository = repository;
    this.query = query;
  }

  ReviewsReport read() {
    return query.each() ? ofEach() : report(ofThePromotion().toList(), List.of());
  }

  private Stream<Pull> ofThePromotion() {
    if (query.merged() == null && query.pinned() != null) {
      return github.openPullsInto(repository, query.targetBranch()).stream()
          .filter(pull -> pull.head().ref().startsWith(query.pinned()))
          .filter(pull -> query.head().equals(pull.head().sha()))
          .limit(1);
    }
    return query.merged() == null
        ? github.openPulls(repository, query.sourceBranch(), query.targetBranch()).stream().limit(1)
        : github.pullsOf(repository, query.merged()).stream()
            .filter(pull -> pull.mergedAt() != null)
            .filter(pull -> query.targetBranch().equals(pull.base().ref()))
            .limit(1);
  }

  private ReviewsReport ofEach() {
    Map<Integer, Pull> pulls = new TreeMap<>();
    List<ReleaseSet.Commit> without = new ArrayList<>();
    for (ReleaseSet.Commit commit : query.commits()) {
      Optional<Pull> own = own(commit);
      own.ifPresentOrElse(pull -> pulls.put(pull.number(), pull), () -> without.add(commit));
    }
    return report(pulls.values(), without);
  }

  /**
   * The pull request that brought a commit in. The promotions that carried it on hold it as well,
   * but they were merged later.
   */
  private Optional<Pull> own(ReleaseSet.Commit commit) {
    boolean promoted = !query.sourceBranch().equals(query.targetBranch());
    return github.pullsOf(repository, commit.sha()).stream()
        .filter(pull -> pull.mergedAt() != null)
        .filter(pull -> !promoted || !query.targetBranch().equals(pull.base().ref()))
        .min(Comparator.comparing(Pull::mergedAt));
  }

  private ReviewsReport report(Collection<Pull> found, List<ReleaseSet.Commit> without) {
    List<ReviewedPull> pulls = found.stream().map(this::reviewed).toList();
    Fingerprint fingerprint = new Fingerprint();
    pulls.forEach(fingerprint::add);
    without.forEach(fingerprint::add);
    return new ReviewsReport(pulls, without, fingerprint.hex());
  }

  private ReviewedPull reviewed(Pull pull) {
    return new ReviewedPull(
        pull.number(),
        pull.title(),
        pull.user() == null ? null : pull.user().login(),
        pull.head().sha(),
        github.reviews().all(repository, pull.number()).stream()
            .map(ReviewsReading::review)
            .filter(review -> review.state().decides())
            .toList());
  }

  private static Review review(PullReview review) {
    return new Review(
        review.user() == null ? null : review.user().login(),
        state(String.valueOf(review.state())),
        review.commitId(),
        !review.fromInside());
  }

  private static ReviewState state(String state) {
    return switch (state.toUpperCase(Locale.ROOT)) {
      case "APPROVED" -> ReviewState.APPROVED;
      case "CHANGES_REQUESTED" -> ReviewState.CHANGES_REQUESTED;
      case "DISMISSED" -> ReviewState.DISMISSED;
      default -> ReviewState.OTHER;
    };
  }
}
