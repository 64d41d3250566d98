package dev.signalbox.sandbox.railway;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;

/** Watch paths of a service: a push that touches none of them is skipped. */
final class WatchPaths {
  private WatchPaths() {}

  static boolean touched(List<String> patterns, List<String> changedPaths) {
    return patterns.isEmpty()
        || changedPaths.stream()
            .anyMatch(path -> patterns.stream().anyMatch(pattern -> matches(pattern, path)));
  }

  private static boolean matches(String pattern, String path) {
    String relative = pattern.startsWith("/") ? pattern.substring(1) : pattern;
    return FileSystems.getDefault().getPathMatcher("glob:" + relative).matches(Path.of(path));
  }
}
