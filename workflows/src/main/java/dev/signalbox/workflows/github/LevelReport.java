package dev.signalbox.workflows.github;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.release.ReleaseSet.Commit;
import java.util.List;

/**
 * How two branches stand after a release, as it was read back.
 *
 * @param head of the released branch
 * @param sourceHead of the source branch, as it is now
 * @param treesEqual whether both have the same files now
 * @param pull address of the pull request that a person is to merge; null = there is none
 * @param own commits that only the source branch has, newest first, the newest of many
 * @param ownInAll how many those are
 * @param words what was done or is to be done, in a sentence
 */
public record LevelReport(
    Outcome outcome,
    String head,
    String sourceHead,
    boolean treesEqual,
    String pull,
    List<Commit> own,
    int ownInAll,
    String words) {
  public LevelReport {
    own = own == null ? List.of() : List.copyOf(own);
  }

  /** What came of it. */
  public enum Outcome {
    /** The source branch has all of the released one already. */
    @JsonProperty("level")
    LEVEL,
    /** The source branch was moved forward, and is where the released one is. */
    @JsonProperty("moved")
    MOVED,
    /** A pull request waits for a person. */
    @JsonProperty("pullRequest")
    PULL_REQUEST,
    /** Nothing could be done; a person is to do it. */
    @JsonProperty("refused")
    REFUSED
  }

  /** Whether nothing is left to be done. */
  public boolean level() {
    return outcome == Outcome.LEVEL || outcome == Outcome.MOVED;
  }
}
