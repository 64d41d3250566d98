package dev.signalbox.workflows.environment;

import java.util.Map;

/**
 * By which rules the last release that went live was judged, and how its services were set at
 * Railway then: what the next one is compared with.
 *
 * @param policy by the key of the file; empty = too much to be kept
 * @param settings by service and Railway's name of the setting; empty = Railway was not read
 */
public record ReleasedAs(Map<String, String> policy, Map<String, String> settings) {
  private static final int MOST = 400;

  public ReleasedAs {
    policy = bounded(policy);
    settings = bounded(settings);
  }

  private static Map<String, String> bounded(Map<String, String> kept) {
    return kept == null || kept.size() > MOST ? Map.of() : kept;
  }
}
