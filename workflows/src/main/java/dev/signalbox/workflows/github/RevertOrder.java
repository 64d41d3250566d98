package dev.signalbox.workflows.github;

/**
 * A release that proved bad and is to be taken back on the branch that the next one comes from.
 *
 * @param branch where the pull request goes: the one that commits are pushed to
 * @param revision what proved bad, 40 hex
 * @param base what ran before, 40 hex: everything since goes; null = not known, so only what the
 *     revision itself brought
 * @param workflowId of the run in which it proved bad
 * @param runId of the same: one pull request for each
 */
public record RevertOrder(
    String project,
    String repository,
    String environment,
    String branch,
    String revision,
    String base,
    String workflowId,
    String runId) {
  /** As the run marks its own words. */
  public String marker() {
    return workflowId + " " + runId + " revert";
  }
}
