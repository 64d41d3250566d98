package dev.signalbox.workflows.github;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What became of taking back a release that proved bad.
 *
 * @param url of the pull request; null = there is none
 * @param words what a person is to do instead; null = merge it
 * @param owed what is yet to be done; null = nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RevertPull(String url, String words, Owed owed) {
  /**
   * A pull request that is yet to be opened.
   *
   * @param base what ran before; null = not known
   */
  public record Owed(String workflowId, String runId, String base) {}

  public static RevertPull opened(String url) {
    return new RevertPull(url, null, null);
  }

  /** None was opened, and none will be. */
  public static RevertPull byHand(String words) {
    return new RevertPull(null, words, null);
  }

  /** None could be opened so far. */
  public static RevertPull owed(String words, String workflowId, String runId, String base) {
    return new RevertPull(null, words, new Owed(workflowId, runId, base));
  }

  /** The address, or what is to be done. */
  public String text() {
    return url != null ? url : words != null ? words : "is yet to be opened";
  }
}
