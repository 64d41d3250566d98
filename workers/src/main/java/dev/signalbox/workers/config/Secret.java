package dev.signalbox.workers.config;

/**
 * A token or key. Prints as {@code ***}, so that no log, error or JSON can carry it.
 *
 * @param value the secret itself; pass it to the client that sends it, and to nothing else
 */
public record Secret(String value) {
  @Override
  public String toString() {
    return "***";
  }
}
