package dev.signalbox.sandbox;

/**
 * GitHub's limits beside the hourly one, of each token.
 *
 * @param points in a minute: a read is one, a write five
 * @param contentPerMinute writes that create content
 * @param contentPerHour the same in an hour
 * @param concurrent calls at the same time
 * @see <a
 *     href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits">About
 *     secondary rate limits</a>
 */
public record SecondaryLimits(
    int points, int contentPerMinute, int contentPerHour, int concurrent) {
  /** As GitHub documents them. */
  public static final SecondaryLimits GITHUB = new SecondaryLimits(900, 80, 500, 100);
}
