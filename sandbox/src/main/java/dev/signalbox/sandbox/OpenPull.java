package dev.signalbox.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A pull request that is open, or that Railway takes for open, as its native PR environments need
 * it.
 *
 * @param branch its head
 * @param login its author's; one that ends in {@code [bot]} is a bot
 * @param leftBehind whether it was closed in a conflict with its base
 */
public record OpenPull(
    long number,
    String title,
    String branch,
    String baseBranch,
    String headSha,
    String login,
    @JsonIgnore boolean leftBehind) {

  public boolean byBot() {
    return login.endsWith("[bot]");
  }
}
