package dev.signalbox.sandbox.git;

import java.util.List;
import java.util.Optional;

/**
 * What {@code head} has that {@code base} has not, as {@code git log base..head} counts.
 *
 * @param commits oldest first
 * @param mergeBase empty when the two have no common history
 */
public record Comparison(
    Commit base, Commit head, Optional<Commit> mergeBase, List<Commit> commits, int behindBy) {

  public Comparison {
    commits = List.copyOf(commits);
  }

  public int aheadBy() {
    return commits.size();
  }

  /** GitHub's word for it: identical, ahead, behind or diverged. */
  public String status() {
    if (aheadBy() == 0) {
      return behindBy == 0 ? "identical" : "behind";
    }
    return behindBy == 0 ? "ahead" : "diverged";
  }
}
