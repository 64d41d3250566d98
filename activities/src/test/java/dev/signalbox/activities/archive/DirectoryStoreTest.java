package dev.signalbox.activities.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.archive.ArchiveException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest extends ArchiveStoreContract {
  @TempDir Path directory;

  @Override
  ArchiveStore store() {
    return new ArchiveSettings("file:" + root()).open(Map.of());
  }

  @Override
  ArchiveStore again() {
    return store();
  }

  @Override
  int unfinished() {
    try (Stream<Path> files = Files.walk(root())) {
      return (int)
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.getFileName().toString().startsWith(".unfinished-"))
              .count();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Test
  void letsNobodyElseReadWhatADatabaseHolds() throws IOException {
    put("backups/p/one.dump", bytes("all of it"));

    assertThat(rights("backups/p/one.dump")).isEqualTo("rw-------");
    assertThat(rights("backups")).isEqualTo("rwx------");
  }

  @Test
  void saysThatTheDiskIsFullAndLeavesNothing() {
    ArchiveStore full = FullDisk.at(root());

    assertThatThrownBy(
            () -> {
              try (Upload upload = full.begin("backups/one.dump")) {
                upload.write(bytes("too much"), 0, 8);
              }
            })
        .isInstanceOfSatisfying(
            ArchiveException.class, failed -> assertThat(failed.kind()).isEqualTo(Kind.FULL))
        .hasMessageContaining(root() + "/backups/one.dump")
        .hasMessageContaining("the disk is full (No space left on device)");
    assertThat(full.list("")).isEmpty();
    assertThat(root().resolve("backups")).isEmptyDirectory();
  }

  @Test
  void namesADirectoryThatIsNone() throws IOException {
    Files.writeString(directory.resolve("archive"), "a file");

    assertThatThrownBy(() -> put("backups/one", bytes("1")))
        .isInstanceOfSatisfying(
            ArchiveException.class, failed -> assertThat(failed.kind()).isEqualTo(Kind.REFUSED))
        .hasMessageContaining(root().toString());
  }

  private Path root() {
    return directory.resolve("archive");
  }

  private String rights(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root().resolve(name)));
  }
}
