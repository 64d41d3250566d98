package dev.signalbox.activities.migration;

import java.nio.file.Path;
import java.util.Map;

/** Where we keep what can be made again: below the user's own cache directory. */
final class CacheDirectory {
  private CacheDirectory() {}

  /**
   * @param variables of this process
   */
  static Path of(Map<String, String> variables) {
    String given = variables.get("XDG_CACHE_HOME");
    Path base =
        given == null || given.isBlank()
            ? Path.of(
                variables.getOrDefault("HOME", System.getProperty("java.io.tmpdir")), ".cache")
            : Path.of(given);
    return base.resolve("signalbox");
  }
}
