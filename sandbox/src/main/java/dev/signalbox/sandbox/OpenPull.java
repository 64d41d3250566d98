package dev.signalbox.sandbox;

/**
 * A pull request that is open, as Railway's native PR environments need it.
 *
 * @param branch its head
 * @param login its author's; one that ends in {@code [bot]} is a bot
 */
public record OpenPull(
    long number, String title, String branch, String baseBranch, String headSha, String login) {

  public boolean byBot() {
    return login.endsWith("[bot]");
  }
}
