package dev.signalbox.sandbox.railway;

import java.time.Instant;

/**
 * An environment of the project as it is now.
 *
 * @param branch deployed here where no trigger says otherwise; null in an empty one
 * @param sourceId the environment that it was forked from, else null
 * @param pullRequest of a native PR environment, else null
 */
public record Environment(
    String id,
    String name,
    String branch,
    boolean ephemeral,
    String sourceId,
    Instant createdAt,
    PullRequest pullRequest) {

  /** The pull request that a native PR environment belongs to. */
  public record PullRequest(long number, String title, String branch, String baseBranch) {}

  Environment renamed(String newName) {
    return new Environment(id, newName, branch, ephemeral, sourceId, createdAt, pullRequest);
  }
}
