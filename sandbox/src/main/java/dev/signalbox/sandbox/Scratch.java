package dev.signalbox.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory that is gone, with everything in it, once it is closed. */
public record Scratch(Path path) implements AutoCloseable {
  public static Scratch create() {
    try {
      return new Scratch(Files.createTempDirectory("signalbox-sandbox"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException held) {
      throw new UncheckedIOException(held);
    }
  }
}
