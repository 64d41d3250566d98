package dev.signalbox.workers.config;

import java.util.Comparator;

/**
 * One mistake in the configuration.
 *
 * @param place where: {@code file:line:column}, or the file alone; null for an environment variable
 * @param key the key or variable that is wrong
 * @param found what stands there
 * @param allowed what may stand there
 */
public record Problem(String place, String key, String found, String allowed) {
  /** Found where something must stand and nothing does. */
  public static final String MISSING = "is missing";

  static final Comparator<Problem> BY_LINE =
      Comparator.comparingInt((Problem problem) -> problem.number(2))
          .thenComparingInt(problem -> problem.number(1));

  public boolean missing() {
    return found.equals(MISSING);
  }

  /** The number that stands this far from the end of the place; 0 where there is none. */
  private int number(int fromEnd) {
    String[] parts = place == null ? new String[0] : place.split(":");
    int index = parts.length - fromEnd;
    return index > 0 && parts[index].matches("\\d{1,9}") ? Integer.parseInt(parts[index]) : 0;
  }

  @Override
  public String toString() {
    String where = place == null ? "" : place + ": ";
    return where + key + ": " + found + "; " + allowed;
  }
}
