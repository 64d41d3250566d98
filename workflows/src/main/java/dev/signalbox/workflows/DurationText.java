package dev.signalbox.workflows;

import java.time.Duration;

/**
 * Durations as people write them in {@code signalbox.toml}: {@code 7d}, {@code 1h30m}, {@code
 * 500ms}.
 */
public final class DurationText {
  private DurationText() {}

  public static String of(Duration duration) {
    String text =
        part(duration.toDaysPart(), "d")
            + part(duration.toHoursPart(), "h")
            + part(duration.toMinutesPart(), "m")
            + part(duration.toSecondsPart(), "s")
            + part(duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text;
  }

  private static String part(long amount, String unit) {
    return amount == 0 ? "" : amount + unit;
  }
}
