package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.policy.EnvironmentPolicy.MergeMethod;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The target branch has nothing of its own that the promoted revision lacks: else the merge would
 * ship what nobody verified.
 */
record BaseLevel(String branch, MergeMethod merge) implements Gate {
  private static final String NAME = "base-level";

  @Override
  public GateResult judge(Facts facts) {
    if (facts.release() == null) {
      return Gates.unread(NAME, "GitHub", facts);
    }
    List<String> foreign =
        facts.release().onlyOnTarget().stream()
            .filter(commit -> !commit.level())
            .map(commit -> ShortCommit.of(commit.sha()) + " " + commit.subject())
            .toList();
    if (foreign.isEmpty() && mustBeMovedForward(facts)) {
      return GateResult.failed(
          NAME,
          branch
              + " has merge commits that this one lacks, so it cannot be moved forward to it: "
              + merges(facts)
              + "; merge "
              + branch
              + " into the source branch and promote that commit, or use merge = \"merge\"",
          "authors");
    }
    return foreign.isEmpty()
        ? GateResult.met(NAME, branch + level(facts.release().merged()))
        : GateResult.failed(
            NAME,
            branch + " has commits that this one lacks: " + String.join("; ", foreign),
            "authors");
  }

  /** Merge commits without anything of their own stand in the way of a fast-forward alone. */
  private boolean mustBeMovedForward(Facts facts) {
    return merge == MergeMethod.FAST_FORWARD
        && facts.release().merged() == null
        && !facts.release().onlyOnTarget().isEmpty();
  }

  private static String merges(Facts facts) {
    return facts.release().onlyOnTarget().stream()
        .map(commit -> ShortCommit.of(commit.sha()))
        .limit(5)
        .collect(Collectors.joining(", "));
  }

  private static String level(String merged) {
    return merged == null
        ? " has nothing of its own"
        : " has this commit already, as "
            + ShortCommit.of(merged)
            + ", and nothing of its own: nothing is merged again";
  }
}
