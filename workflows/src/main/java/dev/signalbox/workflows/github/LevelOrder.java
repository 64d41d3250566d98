package dev.signalbox.workflows.github;

/**
 * Which branch is brought level with which.
 *
 * @param environment that was released into
 * @param branch its branch
 * @param source the environment that it is promoted from
 * @param sourceBranch the branch that is brought level
 */
public record LevelOrder(
    String project,
    String repository,
    String environment,
    String branch,
    String source,
    String sourceBranch) {
  /** By which its pull request is found again. */
  public String marker() {
    return "sync " + project + "/" + environment;
  }
}
