package dev.signalbox.activities.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a project's own Python is started: as the policy says, else by what lies beside its code. A
 * project with plain requirements gets a virtual environment of its own, made once for each state
 * of its lock file.
 */
final class ProjectPython {
  private static final List<String> REQUIREMENTS =
      List.of("requirements.lock", "requirements.txt", "requirements/base.txt");

  private final PythonEnvironment environments;

  ProjectPython(PythonEnvironment environments) {
    this.environments = environments;
  }

  /**
   * @return the command in front of a script
   * @throws MigrationException an environment could not be made
   */
  List<String> of(MigrationSource source) {
    if (!source.python().isEmpty()) {
      return source.python();
    }
    for (Path directory : upwards(source)) {
      Path own = directory.resolve(".venv").resolve("bin").resolve("python");
      if (Files.isExecutable(own)) {
        return List.of(own.toString());
      }
      if (Files.exists(directory.resolve("uv.lock"))) {
        return List.of("uv", "run", "--frozen", "python");
      }
      if (Files.exists(directory.resolve("poetry.lock"))) {
        return List.of("poetry", "run", "python");
      }
      for (String requirements : REQUIREMENTS) {
        if (Files.exists(directory.resolve(requirements))) {
          return List.of(made(directory, requirements).toString());
        }
      }
    }
    return List.of("python3");
  }

  /** All that the project's code gets. */
  Map<String, String> environment(MigrationSource source, DatabaseAddress database) {
    Map<String, String> all = new HashMap<>(source.environment());
    // Where this machine's programs are is this machine's to say.
    all.putAll(environments.variables());
    all.put(database.variable(), database.value());
    all.put("PYTHONDONTWRITEBYTECODE", "1");
    all.put("PYTHONUNBUFFERED", "1");
    return all;
  }

  private Path made(Path directory, String requirements) {
    try {
      return environments.with(
          "project",
          List.of("-r", requirements),
          Files.readString(directory.resolve(requirements)),
          directory);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The directory, and those above it up to the project's. */
  private static List<Path> upwards(MigrationSource source) {
    List<Path> found = new ArrayList<>();
    for (Path at :
        Stream.iterate(source.directory().toAbsolutePath().normalize(), Path::getParent)
            .takeWhile(path -> path != null)
            .toList()) {
      found.add(at);
      if (at.equals(source.root()) || Files.exists(at.resolve(".git"))) {
        break;
      }
    }
    return found;
  }
}
