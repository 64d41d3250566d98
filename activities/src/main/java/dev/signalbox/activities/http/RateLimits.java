package dev.signalbox.activities.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How long a server wants to be left alone.
 *
 * @see <a href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api">Rate
 *     limits for the REST API</a>
 * @see <a href="https://docs.railway.com/integrations/api#rate-limits">Railway's rate limits</a>
 */
final class RateLimits {
  /** GitHub: "wait for at least one minute before retrying" when no header says more. */
  private static final Duration UNSAID = Duration.ofSeconds(60);

  private static final Duration LEAST = Duration.ofSeconds(1);

  /**
   * GitHub's full text: "You have exceeded a secondary rate limit. Please wait a few minutes …".
   */
  private static final String SECONDARY = "secondary rate limit";

  private RateLimits() {}

  /** Null when the answer is no rate limit. */
  static Duration delay(Answer answer, Instant now) {
    boolean exhausted = "0".equals(answer.headers().get("x-ratelimit-remaining"));
    boolean limited =
        answer.status() == 429
            || (answer.status() == 403
                && (exhausted
                    || answer.headers().get("retry-after") != null
                    || answer.text().toLowerCase(Locale.ROOT).contains(SECONDARY)));
    if (!limited) {
      return null;
    }
    Long seconds = number(answer.headers().get("retry-after"));
    if (seconds != null) {
      return atLeast(Duration.ofSeconds(seconds));
    }
    Long reset = number(answer.headers().get("x-ratelimit-reset"));
    // Only epoch seconds are understood; the format of Railway's header is not documented.
    if (exhausted && reset != null && reset > 1_000_000_000L) {
      return atLeast(Duration.between(now, Instant.ofEpochSecond(reset)).plusSeconds(1));
    }
    return UNSAID;
  }

  private static Duration atLeast(Duration wanted) {
    return wanted.compareTo(LEAST) < 0 ? LEAST : wanted;
  }

  private static Long number(String text) {
    return text != null && text.strip().matches("\\d{1,12}") ? Long.valueOf(text.strip()) : null;
  }
}
