package dev.signalbox.activities.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Python files of ours on the disk, for as long as they are needed. */
final class OwnScript implements AutoCloseable {
  private final Path directory;
  private final List<Path> files;

  private OwnScript(Path directory, List<Path> files) {
    this.directory = directory;
    this.files = files;
  }

  /** The runner of a project's Alembic with its modules. */
  static OwnScript alembic() {
    return of(
        "alembic_runner.py",
        "signalbox_answers.py",
        "signalbox_calls.py",
        "signalbox_database.py",
        "signalbox_plan.py",
        "signalbox_project.py",
        "signalbox_rehearsal.py",
        "signalbox_upgrade.py");
  }

  /** What runs a project's command and ends it with us. */
  static OwnScript guard() {
    return of("command_guard.py");
  }

  /**
   * @param modules that the script imports, beside it
   */
  static OwnScript of(String script, String... modules) {
    List<String> names = new ArrayList<>(List.of(script));
    names.addAll(List.of(modules));
    try {
      Path directory = Files.createTempDirectory("signalbox-python-");
      List<Path> files = new ArrayList<>();
      for (String name : names) {
        try (InputStream source = OwnScript.class.getResourceAsStream(name)) {
          if (source == null) {
            throw new IllegalStateException("not in this program: " + name);
          }
          Path file = directory.resolve(name);
          Files.copy(source, file);
          files.add(file);
        }
      }
      return new OwnScript(directory, files);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("writing " + script, unwritable);
    }
  }

  /** What is started. */
  Path path() {
    return files.get(0);
  }

  @Override
  public void close() {
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (IOException left) {
      // Files of ours in the temporary directory, without anything of anybody's.
    }
  }
}
