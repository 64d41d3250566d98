package dev.signalbox.starter.gateway;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that forgets the oldest where there are too many: what strangers send must not fill the
 * memory. For one thread at a time.
 */
final class Newest<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int most;

  private Newest(int most, boolean byUse) {
    super(16, 0.75f, byUse);
    this.most = most;
  }

  /** Keeps what came last. */
  static <K, V> Newest<K, V> byArrival(int most) {
    return new Newest<>(most, false);
  }

  /** Keeps what was looked up last. */
  static <K, V> Newest<K, V> byUse(int most) {
    return new Newest<>(most, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
