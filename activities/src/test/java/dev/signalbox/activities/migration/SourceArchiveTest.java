package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.migration.SourceArchive.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceArchiveTest {
  private static final Limits SMALL = new Limits(1_000, 2_000, 20);

  @TempDir Path directory;
  private Path into;

  @BeforeEach
  void makeRoom() throws IOException {
    into = Files.createDirectories(directory.resolve("box/into"));
  }

  @FunctionalInterface
  private interface Contents {
    void write(TarArchiveOutputStream tar) throws IOException;
  }

  private Path unpacked(Contents contents) throws IOException {
    Path archive = directory.resolve("a.tar.gz");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      contents.write(tar);
    }
    return new SourceArchive("acme/shop at 1a2b", SMALL).unpack(archive, into);
  }

  private static void file(TarArchiveOutputStream tar, String name, String text)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static void special(TarArchiveOutputStream tar, String name, byte type, String to)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setLinkName(to);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, String to) throws IOException {
    special(tar, name, TarConstants.LF_SYMLINK, to);
  }

  private void refuses(String why, Contents contents) {
    assertThatThrownBy(() -> unpacked(contents))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("acme/shop at 1a2b")
        .hasMessageContaining(why);
  }

  @Test
  void givesTheFilesWithTheirLongNamesAndLinks() throws IOException {
    String deep = "acme-shop-1a2b/" + "deep/".repeat(30) + "file.txt";

    Path root =
        unpacked(
            tar -> {
              file(tar, deep, "deep");
              file(tar, "acme-shop-1a2b/a.txt", "hello");
              link(tar, "acme-shop-1a2b/sub/b.txt", "../a.txt");
            });

    assertThat(root.resolve("a.txt")).hasContent("hello");
    assertThat(root.resolve("sub/b.txt")).isSymbolicLink().hasContent("hello");
    assertThat(into.resolve(deep)).hasContent("deep");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil.txt", "top/../../evil.txt", "/tmp/signalbox-evil.txt"})
  void writesNothingOutside(String name) {
    refuses("leads outside", tar -> file(tar, name, "evil"));

    assertThat(directory.resolve("box/evil.txt")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"top/link, ../../evil", "top/link, /etc/passwd", "top/link, ../.."})
  void takesNoLinkThatLeadsOutside(String name, String to) {
    refuses(
        "leads outside",
        tar -> {
          file(tar, "top/a.txt", "a");
          link(tar, name, to);
        });
  }

  @Test
  void takesNoLinkThatLeadsOutsideThroughAnother() throws IOException {
    Files.writeString(directory.resolve("box/secret"), "canary");

    refuses(
        "leads outside",
        tar -> {
          file(tar, "top/a/b/keep.txt", "a");
          link(tar, "top/a/b/up", "../../..");
          link(tar, "top/out", "a/b/up/../secret");
        });
  }

  @Test
  void writesNoFileThroughALink() throws IOException {
    Path root =
        unpacked(
            tar -> {
              link(tar, "top/x", "real");
              file(tar, "top/real/a.txt", "a");
              file(tar, "top/y/a.txt", "through");
            });

    assertThat(root.resolve("real/a.txt")).hasContent("a");
    refuses(
        "in it twice",
        tar -> {
          link(tar, "top/y", "real");
          file(tar, "top/y/b.txt", "through");
        });
  }

  @ParameterizedTest
  @ValueSource(bytes = {TarConstants.LF_LINK, TarConstants.LF_FIFO, TarConstants.LF_CHR})
  void takesNothingButFilesDirectoriesAndSymbolicLinks(byte type) {
    refuses("is neither a file", tar -> special(tar, "top/odd", type, "top/a.txt"));
  }

  @Test
  void stopsWhereMoreComesOutThanThereIsRoomFor() {
    refuses("MiB", tar -> file(tar, "top/bomb", "0".repeat(2_001)));
    refuses(
        "more than 20 files",
        tar -> {
          for (int i = 0; i < 21; i++) {
            file(tar, "top/many" + i, "");
          }
        });
  }

  @Test
  void wantsOneDirectoryAboveAllFiles() {
    refuses(
        "not one directory",
        tar -> {
          file(tar, "one/a", "");
          file(tar, "two/a", "");
        });
  }

  @Test
  void saysThatAnArchiveIsCutOff() throws IOException {
    Path archive = Files.write(directory.resolve("cut.tar.gz"), new byte[] {31, -117, 8, 0});

    assertThatThrownBy(() -> new SourceArchive("acme/shop", SMALL).unpack(archive, into))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("Unpacking the project's files (acme/shop)");
  }
}
