package dev.signalbox.activities.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What tells that a project has an Alembic: {@code alembic.ini}, and from Alembic 1.16 on a table.
 */
final class AlembicFiles {
  static final String INI = "alembic.ini";
  static final String TOML = "pyproject.toml";

  /** The table, one below it, or a key of it; a dependency on Alembic is none of them. */
  private static final Pattern TABLE =
      Pattern.compile("(?m)^\\s*(\\[+\\s*)?tool\\s*\\.\\s*alembic\\b");

  private AlembicFiles() {}

  static boolean in(Path directory) {
    return Files.exists(directory.resolve(INI)) || hasTable(directory.resolve(TOML));
  }

  private static boolean hasTable(Path toml) {
    try {
      return Files.isRegularFile(toml)
          && TABLE.matcher(new String(Files.readAllBytes(toml), StandardCharsets.UTF_8)).find();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
