package dev.signalbox.workflows.gate;

import java.util.List;

/**
 * The target branch has nothing of its own that the promoted revision lacks: else the merge would
 * ship what nobody verified.
 */
record BaseLevel(String branch) implements Gate {
  private static final String NAME = "base-level";

  @Override
  public GateResult judge(Facts facts) {
    if (facts.release() == null) {
      return Gates.unread(NAME, "GitHub", facts);
    }
    List<String> foreign =
        facts.release().onlyOnTarget().stream()
            .filter(commit -> !commit.level())
            .map(commit -> commit.sha().substring(0, 7) + " " + commit.subject())
            .toList();
    return foreign.isEmpty()
        ? GateResult.met(NAME, branch + level(facts.release().merged()))
        : GateResult.failed(
            NAME,
            branch + " has commits that this one lacks: " + String.join("; ", foreign),
            "authors");
  }

  private static String level(String merged) {
    return merged == null
        ? " has nothing of its own"
        : " has this commit already, as "
            + merged.substring(0, 7)
            + ", and nothing of its own: nothing is merged again";
  }
}
