package dev.signalbox.workflows.github;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.release.ReleaseSet;
import java.util.List;

/** Who has approved what, as the workflows need it. */
public final class Reviews {
  private Reviews() {}

  /**
   * @param each whether every pull request of the release is asked for, else the promotion's own
   * @param sourceBranch head of the promotion's pull request
   * @param merged what stands for the release on the target branch already; null = nothing
   * @param pinned how the name of the promotion's own branch begins; null = it has none
   * @param head what is promoted
   * @param commits of the release; asked for one by one when {@code each}
   */
  public record ReviewsQuery(
      String project,
      String repository,
      boolean each,
      String sourceBranch,
      String targetBranch,
      String merged,
      String pinned,
      String head,
      List<ReleaseSet.Commit> commits) {
    public ReviewsQuery {
      commits = commits == null ? List.of() : List.copyOf(commits);
    }
  }

  /**
   * @param pulls empty when the promotion's own is not open yet
   * @param withoutPull commits that came in without a pull request
   * @param fingerprint changes when any review does
   */
  public record ReviewsReport(
      List<ReviewedPull> pulls, List<ReleaseSet.Commit> withoutPull, String fingerprint) {
    public ReviewsReport {
      pulls = pulls == null ? List.of() : List.copyOf(pulls);
      withoutPull = withoutPull == null ? List.of() : List.copyOf(withoutPull);
    }
  }

  /**
   * @param author GitHub login; null when GitHub does not know the person any more
   * @param head what is to be merged, or was
   * @param reviews oldest first
   */
  public record ReviewedPull(
      int number, String title, String author, String head, List<Review> reviews) {
    public ReviewedPull {
      reviews = reviews == null ? List.of() : List.copyOf(reviews);
    }
  }

  /**
   * @param reviewer GitHub login
   * @param commit the head that was looked at
   * @param outsider neither the repository's owner nor a member nor a collaborator, or a bot
   */
  public record Review(String reviewer, ReviewState state, String commit, boolean outsider) {
    public Review(String reviewer, ReviewState state, String commit) {
      this(reviewer, state, commit, false);
    }
  }

  /** What a review says. */
  public enum ReviewState {
    @JsonProperty("approved")
    APPROVED,
    @JsonProperty("changesRequested")
    CHANGES_REQUESTED,
    @JsonProperty("dismissed")
    DISMISSED,
    /** Commented, or not submitted. */
    @JsonEnumDefaultValue
    @JsonProperty("other")
    OTHER;

    /** Whether it takes the place of what the same person said before. */
    public boolean decides() {
      return this != OTHER;
    }
  }
}
