package dev.signalbox.workers.config;

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

  public boolean missing() {
    return found.equals(MISSING);
  }

  @Override
  public String toString() {
    String where = place == null ? "" : place + ": ";
    return where + key + ": " + found + "; " + allowed;
  }
}
