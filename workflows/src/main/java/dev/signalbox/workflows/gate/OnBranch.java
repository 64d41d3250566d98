package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.release.ShortCommit;

/**
 * The revision is part of the environment's own branch: without a source nothing is merged, so what
 * is deployed must be there already.
 */
record OnBranch(String branch, String revision) implements Gate {
  private static final String NAME = "on-branch";

  @Override
  public GateResult judge(Facts facts) {
    if (facts.release() == null) {
      return Gates.unread(NAME, "GitHub", facts);
    }
    String commit = ShortCommit.of(revision);
    return facts.release().onTarget()
        ? GateResult.met(NAME, commit + " is a commit of " + branch)
        : GateResult.failed(
            NAME,
            commit
                + " is no commit of "
                + branch
                + ", which is at "
                + ShortCommit.of(facts.release().targetHead())
                + ", and this environment is deployed from its branch; bring it there first, or"
                + " promote what it has",
            "authors");
  }
}
