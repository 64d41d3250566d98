package dev.signalbox.workflows.environment;

import java.util.List;

/** A merge commit that a promotion made, which stands for its revision wherever it is met. */
public record RecordedMerge(String mergeCommit, String revision) {

  /** The revision that a recorded merge commit stands for; any other commit is itself. */
  public static String revisionBehind(String commit, List<RecordedMerge> merges) {
    return merges.stream()
        .filter(merge -> merge.mergeCommit().equals(commit))
        .map(RecordedMerge::revision)
        .findFirst()
        .orElse(commit);
  }
}
