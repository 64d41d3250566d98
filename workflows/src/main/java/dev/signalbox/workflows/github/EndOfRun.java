package dev.signalbox.workflows.github;

/**
 * How a run ended that cannot say it itself.
 *
 * @param sourceBranch null = the environment has no source, so there is no pull request
 * @param live whether the run's release is live and verified all the same
 * @param ownStatus whether no newer run of the commit has its word in the commit status
 * @param branch that the run made; null = none
 */
public record EndOfRun(
    String project,
    String repository,
    String environment,
    String workflowId,
    String runId,
    String revision,
    String sourceBranch,
    String targetBranch,
    boolean live,
    boolean ownStatus,
    String detail,
    MadeBranch branch) {
  /**
   * @param sha where it was made
   * @param certain whether GitHub's answer is on record; else it may be somebody's
   */
  public record MadeBranch(String name, String sha, boolean certain) {}
}
