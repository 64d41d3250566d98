package dev.signalbox.workflows.preview;

import java.time.Instant;
import java.util.List;

/**
 * The environments at Railway that are previews by their name or their mark.
 *
 * @param configured whether the file has {@code [previews]}
 */
public record PreviewList(boolean configured, List<Entry> environments) {
  public PreviewList {
    environments = environments == null ? List.of() : List.copyOf(environments);
  }

  /**
   * @param number of the pull request that the name says, or else the mark
   * @param foreign whether it carries no mark of ours: it is never touched
   */
  public record Entry(
      String name, String environmentId, int number, boolean foreign, Instant createdAt) {}
}
