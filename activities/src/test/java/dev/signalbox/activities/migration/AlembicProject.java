package dev.signalbox.activities.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Projects with migrations, on the disk, to be changed as a test wants. */
final class AlembicProject {
  private AlembicProject() {}

  /** A copy of our corpus: each kind of revision once, and what its class is. */
  static Path corpus(Path directory) {
    try {
      Path source = Path.of(AlembicProject.class.getResource("corpus").toURI());
      Path target = directory.resolve("corpus");
      try (Stream<Path> files = Files.walk(source)) {
        for (Path file : files.toList()) {
          Path copy = target.resolve(source.relativize(file).toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(copy);
          } else {
            Files.copy(file, copy);
          }
        }
      }
      return target;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
