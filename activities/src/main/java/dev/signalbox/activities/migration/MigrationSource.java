package dev.signalbox.activities.migration;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A project's migrations on this machine's disk.
 *
 * @param directory where {@code alembic.ini} lies, or {@code pyproject.toml}
 * @param root of the project: what belongs to it lies there or below; null = where git says
 * @param python the project's own Python as a command; empty = found by what the project has
 * @param environment what its code needs beside the database address
 * @param commit whose files these are; null = nobody says
 */
public record MigrationSource(
    Path directory,
    Path root,
    List<String> python,
    Map<String, String> environment,
    String commit) {
  /** Files of no commit. */
  public MigrationSource(
      Path directory, Path root, List<String> python, Map<String, String> environment) {
    this(directory, root, python, environment, null);
  }

  public MigrationSource {
    python = List.copyOf(python);
    environment = Map.copyOf(environment);
  }
}
