package dev.signalbox.activities.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Python file of ours on the disk, for as long as it is needed. */
final class OwnScript implements AutoCloseable {
  private final Path file;

  private OwnScript(Path file) {
    this.file = file;
  }

  static OwnScript of(String name) {
    try (InputStream source = OwnScript.class.getResourceAsStream(name)) {
      if (source == null) {
        throw new IllegalStateException("not in this program: " + name);
      }
      Path directory = Files.createTempDirectory("signalbox-python-");
      Path file = directory.resolve(name);
      Files.copy(source, file);
      return new OwnScript(file);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("writing " + name, unwritable);
    }
  }

  Path path() {
    return file;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
    } catch (IOException left) {
      // A file of ours in the temporary directory, without anything of anybody's.
    }
  }
}
