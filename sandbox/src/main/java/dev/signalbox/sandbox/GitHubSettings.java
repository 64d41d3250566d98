package dev.signalbox.sandbox;

import java.time.Duration;
import java.util.List;

/**
 * What GitHub adds to the repository.
 *
 * @param searchLag how far the search is behind
 * @param webhooks are there from the start, and hear nothing of how the sandbox was filled
 * @param secondary limits that are counted; null = none
 */
public record GitHubSettings(
    Duration searchLag, List<Webhook> webhooks, SecondaryLimits secondary) {
  public static final GitHubSettings NONE =
      new GitHubSettings(Duration.ofSeconds(1), List.of(), null);

  /** The same with these limits beside the hourly one. */
  public GitHubSettings limitedBy(SecondaryLimits limits) {
    return new GitHubSettings(searchLag, webhooks, limits);
  }

  /**
   * Where events go.
   *
   * @param secret signs the bodies; null leaves them unsigned
   * @param events GitHub's names, or {@code *}
   */
  public record Webhook(String url, String secret, List<String> events) {}
}
