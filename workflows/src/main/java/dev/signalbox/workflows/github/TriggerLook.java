package dev.signalbox.workflows.github;

import java.util.List;

/**
 * What there is where a trigger points.
 *
 * @param revision the commit; of a pull request the one that it was merged as, or its head
 * @param pull null = it is about none
 * @param touched whether a file differs that was asked about, or nobody can say so for sure
 * @param heads branches from which pull requests brought the commit
 */
public record TriggerLook(String revision, Pull pull, boolean touched, List<String> heads) {
  public TriggerLook {
    heads = heads == null ? List.of() : List.copyOf(heads);
  }

  /**
   * @param head the branch that it comes from
   * @param ours whether that branch is in this repository, and not in a copy of it
   * @param base the branch that it goes to
   */
  public record Pull(
      boolean open, boolean merged, String head, boolean ours, String base, List<String> labels) {
    public Pull {
      labels = labels == null ? List.of() : List.copyOf(labels);
    }

    public boolean labelled(String name) {
      return labels.stream().anyMatch(name::equalsIgnoreCase);
    }
  }
}
