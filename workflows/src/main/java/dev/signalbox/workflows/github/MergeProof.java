package dev.signalbox.workflows.github;

import java.util.List;

/**
 * The merge commit as it was read back: its parents in order, its tree, and the promoted commit's
 * tree. After a fast-forward it is the commit to which the branch was moved, without parents.
 *
 * @param unclear why it could not be read back, in words; null = it was. Then the rest is absent
 */
public record MergeProof(
    String mergeCommit, List<String> parents, String tree, String revisionTree, String unclear) {
  public MergeProof {
    parents = parents == null ? List.of() : List.copyOf(parents);
  }

  public static MergeProof unread(String why) {
    return new MergeProof(null, null, null, null, why);
  }
}
