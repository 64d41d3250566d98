package dev.signalbox.activities.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.signalbox.activities.archive.ArchiveException.Kind;
import dev.signalbox.activities.archive.ArchiveStore.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every place must keep; a new one extends it. */
abstract class ArchiveStoreContract {
  /** Longer than two parts of a multipart upload. */
  private static final int LONG = 17 * (1 << 20) + 3;

  /** An empty one. */
  abstract ArchiveStore store();

  /** The same place, opened by somebody else. */
  abstract ArchiveStore again();

  @Test
  void givesBackWhatWasPut() throws IOException {
    put("backups/p/one.dump", bytes("hello"));

    assertThat(read(again(), "backups/p/one.dump")).isEqualTo(bytes("hello"));
    assertThat(again().size("backups/p/one.dump")).contains(5L);
  }

  @Test
  void takesAFileOfUnknownLengthInPieces() throws IOException {
    byte[] content = new byte[LONG];
    new Random(1).nextBytes(content);

    try (Upload upload = store().begin("long")) {
      for (int at = 0; at < content.length; at += 100_000) {
        upload.write(content, at, Math.min(100_000, content.length - at));
      }
      upload.complete();
    }

    assertThat(again().size("long")).contains((long) LONG);
    assertThat(read(again(), "long")).isEqualTo(content);
  }

  @Test
  void takesAnEmptyFile() throws IOException {
    put("empty", new byte[0]);

    assertThat(again().size("empty")).contains(0L);
    assertThat(read(again(), "empty")).isEmpty();
  }

  @Test
  void showsNothingOfAFileThatIsNotComplete() {
    try (Upload upload = store().begin("half")) {
      upload.write(new byte[LONG], 0, LONG);

      assertThat(again().list("")).isEmpty();
      assertThat(again().size("half")).isEmpty();
    }

    assertThat(again().list("")).isEmpty();
    assertThat(unfinished()).isZero();
  }

  @Test
  void removesWhatAKilledWriterLeft() {
    store().begin("half").write(new byte[LONG], 0, LONG);
    assertThat(unfinished()).isEqualTo(1);

    try (Upload upload = again().begin("half")) {
      upload.write(bytes("whole"), 0, 5);
      upload.complete();
    }

    assertThat(unfinished()).isZero();
    assertThat(again().size("half")).contains(5L);
  }

  @Test
  void leavesTheUnfinishedFilesOfOthersAlone() {
    Upload longer = store().begin("half-2");
    longer.write(new byte[LONG], 0, LONG);

    try (Upload upload = again().begin("half")) {
      upload.complete();
    }
    longer.complete();

    assertThat(again().size("half-2")).contains((long) LONG);
  }

  @Test
  void replacesAFileByItsNextVersion() throws IOException {
    put("receipt.json", bytes("first"));
    put("receipt.json", bytes("2nd"));

    assertThat(read(again(), "receipt.json")).isEqualTo(bytes("2nd"));
  }

  @Test
  void listsByTheBeginOfTheNameAndInOrder() {
    put("backups/p/production/b.json", bytes("b"));
    put("backups/p/production/a.json", bytes("aa"));
    put("backups/p/production-2/c.json", bytes("c"));
    put("pages/1", bytes("1"));

    assertThat(again().list("backups/p/production/"))
        .extracting(Entry::name, Entry::bytes)
        .containsExactly(
            tuple("backups/p/production/a.json", 2L), tuple("backups/p/production/b.json", 1L));
    assertThat(again().list("nothing")).isEmpty();
  }

  @Test
  void removesAFileAndIsContentWithNone() {
    put("backups/one", bytes("1"));

    store().delete("backups/one");
    store().delete("backups/one");

    assertThat(again().list("")).isEmpty();
  }

  @Test
  void saysThatThereIsNoSuchFile() {
    assertThatThrownBy(() -> store().get("backups/none"))
        .isInstanceOfSatisfying(
            ArchiveException.class, failed -> assertThat(failed.kind()).isEqualTo(Kind.NOT_FOUND))
        .hasMessageContaining("backups/none")
        .hasMessageContaining("there is no such file");
  }

  @Test
  void refusesNamesThatCouldLeadElsewhere() {
    for (String name :
        new String[] {"../out", "/etc/passwd", "a//b", "a b", ".hidden", "a/../b", ""}) {
      assertThatThrownBy(() -> store().begin(name))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** How many files are begun and neither complete nor given up, as the place itself says. */
  abstract int unfinished();

  final void put(String name, byte[] content) {
    try (Upload upload = store().begin(name)) {
      upload.write(content, 0, content.length);
      upload.complete();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] read(ArchiveStore store, String name) throws IOException {
    try (InputStream file = store.get(name)) {
      return file.readAllBytes();
    }
  }
}
