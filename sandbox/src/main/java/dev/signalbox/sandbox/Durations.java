package dev.signalbox.sandbox;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 10s}, {@code 1h30m}, {@code 5d}. */
public final class Durations {
  private static final Pattern WHOLE = Pattern.compile("(\\d+(\\.\\d+)?(ms|s|m|h|d))+");
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d)");

  private Durations() {}

  /** Throws {@link IllegalArgumentException} that says what is allowed. */
  public static Duration parse(String text) {
    String trimmed = text.trim();
    if (!WHOLE.matcher(trimmed).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no duration; write for example 500ms, 10s, 5m or 120h");
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(trimmed);
    while (part.find()) {
      double millis = Double.parseDouble(part.group(1)) * millisOf(part.group(2));
      sum = sum.plusMillis(Math.round(millis));
    }
    return sum;
  }

  private static long millisOf(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 86_400_000;
    };
  }
}
