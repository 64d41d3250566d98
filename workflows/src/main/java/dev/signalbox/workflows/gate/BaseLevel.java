package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.github.ReleaseFacts;
import dev.signalbox.workflows.github.ReleaseFacts.Ahead;
import dev.signalbox.workflows.policy.EnvironmentPolicy.MergeMethod;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The target branch has nothing of its own that the promoted revision lacks: else the merge would
 * ship what nobody verified. It warns where the source branch has gone on, so that it cannot be
 * moved forward to the merge afterwards: the two part ways with this release.
 *
 * @param synced the source branch that is brought level afterwards; null = none is
 */
record BaseLevel(String branch, MergeMethod merge, String synced) implements Gate {
  private static final int MOST_NAMED = 3;
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
        ? GateResult.met(NAME, warning(facts.release()) + branch + level(facts.release().merged()))
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

  private String warning(ReleaseFacts release) {
    Ahead ahead = release.ahead();
    if (synced == null || ahead == null || merge == MergeMethod.FAST_FORWARD) {
      return "";
    }
    int more = ahead.commits() - Math.min(MOST_NAMED, ahead.newest().size());
    return "warning: "
        + synced
        + " has gone on beyond this commit, so this release parts the two and only a pull request"
        + " brings them level again: "
        + ahead.newest().stream()
            .limit(MOST_NAMED)
            .map(BaseLevel::named)
            .collect(Collectors.joining("; "))
        + (more > 0 ? " and " + more + " more" : "")
        + "; ";
  }

  private static String named(ReleaseSet.Commit commit) {
    return ShortCommit.of(commit.sha()) + " " + commit.subject() + " by " + commit.author();
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
