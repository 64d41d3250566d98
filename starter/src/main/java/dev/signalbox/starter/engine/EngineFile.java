package dev.signalbox.starter.engine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.workflows.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code .signalbox/engine.json}: how a second terminal finds the engine that a command here
 * started. Readable by its owner only; removed when that engine ends.
 *
 * @param gateway address of the gateway; null = none runs
 * @param sandbox address of the sandbox; null = none runs
 * @param pid of the process that is the engine
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EngineFile(
    String address,
    String namespace,
    String project,
    String gateway,
    String sandbox,
    long pid,
    Instant startedAt) {
  private static final ObjectMapper JSON = WireFormat.mapper();
  private static final String PLACE = ".signalbox/engine.json";

  /** The nearest one, in this directory or above it; empty when there is none that can be read. */
  public static Optional<EngineFile> find(Path directory) {
    for (Path here = directory.toAbsolutePath(); here != null; here = here.getParent()) {
      Path file = here.resolve(PLACE);
      if (Files.isRegularFile(file)) {
        return read(file);
      }
    }
    return Optional.empty();
  }

  /** Writes it below this directory and answers where. */
  public Path write(Path directory) {
    Path file = directory.resolve(PLACE);
    try {
      Files.createDirectories(directory.resolve(".signalbox"));
      Files.deleteIfExists(file);
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.write(file, JSON.writeValueAsBytes(this));
      return file;
    } catch (IOException unwritable) {
      throw new UncheckedIOException("writing " + file, unwritable);
    }
  }

  /** Removes the file, if it is still the one of this engine. */
  public void remove(Path directory) {
    Path file = directory.resolve(PLACE);
    try {
      if (Files.exists(file) && read(file).filter(this::equals).isPresent()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException leftBehind) {
      throw new UncheckedIOException("removing " + file, leftBehind);
    }
  }

  private static Optional<EngineFile> read(Path file) {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), EngineFile.class));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
