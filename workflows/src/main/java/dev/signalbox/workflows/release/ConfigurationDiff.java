package dev.signalbox.workflows.release;

import java.util.List;
import java.util.Set;

/**
 * What a release's commits change in the files that say how it is built, run and promoted.
 *
 * @param files those that differ
 * @param whole false = GitHub did not name every file that differs: there may be more
 */
public record ConfigurationDiff(List<FileDiff> files, boolean whole) {
  /** The files' names, in whichever directory. */
  public static final Set<String> NAMES =
      Set.of(
          "signalbox.toml",
          "railway.toml",
          "railway.json",
          "Dockerfile",
          "Procfile",
          "nixpacks.toml",
          "railpack.json");

  public ConfigurationDiff {
    files = files == null ? List.of() : List.copyOf(files);
  }

  /**
   * @param keys each in a sentence, with both values where they may be told; empty = which differ
   *     is not known
   */
  public record FileDiff(String path, List<String> keys) {
    public FileDiff {
      keys = keys == null ? List.of() : List.copyOf(keys);
    }

    /** What becomes of it. */
    public String words() {
      return keys.isEmpty() ? "changed" : String.join("; ", keys);
    }
  }
}
