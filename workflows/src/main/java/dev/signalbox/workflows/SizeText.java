package dev.signalbox.workflows;

import java.util.Locale;

/** Sizes as people read them. Pure. */
public final class SizeText {
  private static final double KILO = 1e3;
  private static final double MEGA = 1e6;
  private static final double GIGA = 1e9;

  private SizeText() {}

  /** {@code 22.0 kB}, {@code 12.3 MB}, {@code 4.1 GB}. */
  public static String of(long bytes) {
    if (bytes < MEGA) {
      return text(bytes / KILO, "kB");
    }
    return bytes < GIGA ? text(bytes / MEGA, "MB") : text(bytes / GIGA, "GB");
  }

  private static String text(double amount, String unit) {
    return String.format(Locale.ROOT, "%.1f %s", amount, unit);
  }
}
