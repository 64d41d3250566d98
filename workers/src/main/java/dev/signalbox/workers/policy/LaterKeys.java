package dev.signalbox.workers.policy;

import java.util.Map;

/**
 * Keys that the configuration will have and that nothing acts on yet, each with what it belongs to.
 * They are refused: a gate that somebody wrote down and that nobody checks would be worse than
 * none.
 */
final class LaterKeys {
  static final Map<String, String> SERVICE_OVERRIDE =
      Map.of(
          "version", "another version path in one environment",
          "railway", "another service name in one environment",
          "after", "another order in one environment",
          "timeout", "another time-out in one environment");

  static final Map<String, String> ENVIRONMENT = Map.ofEntries(Map.entry("mode", "shadow mode"));

  private LaterKeys() {}

  static String sentence(String capability) {
    return "its capability is not built yet (" + capability + "); take the key out";
  }
}
