package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.github.Reviews.Review;
import dev.signalbox.workflows.github.Reviews.ReviewState;
import dev.signalbox.workflows.github.Reviews.ReviewedPull;
import dev.signalbox.workflows.policy.EnvironmentPolicy.ReviewedBy;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * Every pull request of the release, or the promotion's own, was approved by somebody else than its
 * author. Of each person the last review that decides counts, and an approval only for the head
 * that it was given for.
 *
 * @param wanted null = no reviews are required
 */
record Reviewed(ReviewedBy wanted) implements Gate {
  private static final String NAME = "reviewed";
  private static final int MOST_NAMED = 10;

  @Override
  public GateResult judge(Facts facts) {
    if (wanted == null) {
      return GateResult.met(NAME, "no reviews are required");
    }
    if (facts.reviews() == null || facts.release() == null) {
      return Gates.unread(NAME, "GitHub", facts);
    }
    int unlisted = facts.release().commitsInAll() - facts.release().commits().size();
    if (wanted == ReviewedBy.EACH && unlisted > 0) {
      return GateResult.failed(
          NAME,
          "GitHub does not list "
              + unlisted
              + " of the "
              + facts.release().commitsInAll()
              + " commits, so nobody knows whether they were reviewed; promote a commit in between"
              + " first",
          "requester");
    }
    if (!facts.reviews().withoutPull().isEmpty()) {
      return GateResult.failed(NAME, withoutPull(facts), "authors");
    }
    List<ReviewedPull> pulls = facts.reviews().pulls();
    if (pulls.isEmpty()) {
      return wanted == ReviewedBy.EACH
          ? GateResult.met(NAME, "no commit is new, so there is nothing to review")
          : GateResult.waiting(
              NAME, "the promotion's pull request is not open yet", null, "reviewers");
    }
    List<String> missing = pulls.stream().map(Reviewed::missing).filter(Objects::nonNull).toList();
    return missing.isEmpty()
        ? GateResult.met(
            NAME, "approved: " + pulls.stream().map(Reviewed::approved).collect(joined()))
        : GateResult.waiting(NAME, missing.stream().collect(joined()), null, "reviewers");
  }

  private static String withoutPull(Facts facts) {
    return "in no pull request: "
        + facts.reviews().withoutPull().stream()
            .map(
                commit ->
                    ShortCommit.of(commit.sha())
                        + " "
                        + commit.subject()
                        + " ("
                        + commit.author()
                        + ")")
            .limit(MOST_NAMED)
            .collect(joined())
        + (facts.reviews().withoutPull().size() > MOST_NAMED ? "; and more" : "");
  }

  /** Null when nothing is. */
  private static String missing(ReviewedPull pull) {
    Map<String, Review> last = deciding(pull);
    List<String> refusing = by(last, ReviewState.CHANGES_REQUESTED);
    if (!refusing.isEmpty()) {
      return name(pull) + ": changes are requested by " + String.join(", ", refusing);
    }
    if (!approving(pull).isEmpty()) {
      return null;
    }
    List<String> outdated = by(last, ReviewState.APPROVED);
    return name(pull)
        + (outdated.isEmpty()
            ? " is approved by nobody but its author"
            : " was approved by "
                + String.join(", ", outdated)
                + " for another commit than "
                + ShortCommit.of(pull.head()))
        + (by(last, ReviewState.DISMISSED).isEmpty()
            ? ""
            : "; dismissed: the review of " + String.join(", ", by(last, ReviewState.DISMISSED)))
        + notCounted(pull);
  }

  // Whoever sees an approval at GitHub has to learn why it is not enough.
  private static String notCounted(ReviewedPull pull) {
    String names =
        pull.reviews().stream()
            .filter(review -> review.outsider() && review.state() == ReviewState.APPROVED)
            .map(Review::reviewer)
            .filter(Objects::nonNull)
            .distinct()
            .limit(MOST_NAMED)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : "; not counted, no member or collaborator: " + names;
  }

  private static String approved(ReviewedPull pull) {
    return "#" + pull.number() + " by " + String.join(", ", approving(pull));
  }

  private static List<String> approving(ReviewedPull pull) {
    return deciding(pull).values().stream()
        .filter(review -> review.state() == ReviewState.APPROVED)
        .filter(review -> pull.head().equals(review.commit()))
        .map(Review::reviewer)
        .toList();
  }

  /** Of everybody but outsiders and the author, whose own word says nothing. */
  private static Map<String, Review> deciding(ReviewedPull pull) {
    Map<String, Review> last = new LinkedHashMap<>();
    pull.reviews().stream()
        .filter(review -> review.state().decides() && review.reviewer() != null)
        .filter(review -> !review.outsider())
        .filter(review -> !review.reviewer().equalsIgnoreCase(pull.author()))
        .forEach(review -> last.put(review.reviewer(), review));
    return last;
  }

  private static List<String> by(Map<String, Review> last, ReviewState state) {
    return last.values().stream()
        .filter(review -> review.state() == state)
        .map(Review::reviewer)
        .toList();
  }

  private static String name(ReviewedPull pull) {
    return "#" + pull.number() + " " + pull.title();
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining("; ");
  }
}
