package dev.signalbox.activities.migration;

import dev.signalbox.activities.migration.MigrationException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Python files of ours on the disk: below the user's cache directory, one directory for each state
 * of them, which every run uses again. So nothing of it is left when a worker is killed.
 */
final class OwnScript {
  private final Path cache;
  private final List<String> names;

  private OwnScript(Path cache, List<String> names) {
    this.cache = cache;
    this.names = names;
  }

  /**
   * The runner of a project's Alembic with its modules.
   *
   * @param cache of this user, see {@link CacheDirectory}
   */
  static OwnScript alembic(Path cache) {
    return of(
        cache,
        "alembic_runner.py",
        "signalbox_answers.py",
        "signalbox_calls.py",
        "signalbox_database.py",
        "signalbox_elsewhere.py",
        "signalbox_names.py",
        "signalbox_plan.py",
        "signalbox_project.py",
        "signalbox_rehearsal.py",
        "signalbox_upgrade.py");
  }

  /** What runs a project's command and ends it with us. */
  static OwnScript guard(Path cache) {
    return of(cache, "command_guard.py");
  }

  /**
   * @param names of what is started, and of the modules that it imports
   */
  static OwnScript of(Path cache, String... names) {
    return new OwnScript(cache, List.of(names));
  }

  /**
   * What is started; written now where it is not there as a whole.
   *
   * @throws MigrationException it cannot be written
   */
  Path path() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    names.forEach(name -> files.put(name, contents(name)));
    Path directory = cache.resolve("scripts").resolve(hash(files));
    try {
      Files.createDirectories(directory);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        if (!holds(directory.resolve(file.getKey()), file.getValue())) {
          write(directory.resolve(file.getKey()), file.getValue());
        }
      }
      return directory.resolve(names.get(0));
    } catch (IOException unwritable) {
      throw new MigrationException(
          Fault.TOOL,
          "Writing the files that we run",
          directory.toString(),
          String.valueOf(unwritable.getMessage()),
          "See that this user may write there, and that the disk has room.");
    }
  }

  private static boolean holds(Path file, byte[] contents) throws IOException {
    return Files.exists(file) && Arrays.equals(Files.readAllBytes(file), contents);
  }

  /** Never seen half written by whoever starts it at the same time. */
  private void write(Path file, byte[] contents) throws IOException {
    try (WorkDirectory work = WorkDirectory.make(cache.resolve("work"))) {
      Path whole = Files.write(work.path().resolve(file.getFileName()), contents);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static byte[] contents(String name) {
    try (InputStream source = OwnScript.class.getResourceAsStream(name)) {
      if (source == null) {
        throw new IllegalStateException("not in this program: " + name);
      }
      return source.readAllBytes();
    } catch (IOException unreadable) {
      throw new IllegalStateException("not in this program: " + name, unreadable);
    }
  }

  private static String hash(Map<String, byte[]> files) {
    StringBuilder all = new StringBuilder();
    files.forEach(
        (name, contents) ->
            all.append(name).append(' ').append(HexFormat.of().formatHex(contents)).append('\n'));
    return PythonEnvironment.hash(all.toString()).substring(0, 16);
  }
}
