package dev.signalbox.workers.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as people write them: {@code 500ms}, {@code 30s}, {@code 15m}, {@code 1h30m}, {@code 7d}.
 */
public final class Durations {
  /** For messages: what may be written. */
  public static final String ALLOWED = "a duration such as \"30s\", \"15m\", \"1h30m\" or \"7d\"";

  private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d|w)");
  private static final Pattern WHOLE = Pattern.compile("(?:[0-9]{1,9}(?:ms|s|m|h|d|w))+");

  private Durations() {}

  /** Empty when it is no duration. */
  public static Optional<Duration> parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      sum = sum.plus(of(Long.parseLong(part.group(1)), part.group(2)));
    }
    return Optional.of(sum);
  }

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      case "w" -> Duration.ofDays(7 * amount);
      default -> throw new IllegalArgumentException(unit);
    };
  }
}
