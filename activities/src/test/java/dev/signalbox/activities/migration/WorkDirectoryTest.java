package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
  @TempDir Path directory;

  private Path base() {
    return directory.resolve("signalbox/work");
  }

  @Test
  void isGoneWithItsWorkAndFollowsNoLink() throws IOException {
    Path outside = Files.writeString(directory.resolve("outside.txt"), "stays");
    Path made;

    try (WorkDirectory work = WorkDirectory.make(base())) {
      made = work.path();
      Files.createDirectories(made.resolve("a/b"));
      Files.createSymbolicLink(made.resolve("a/link"), outside);
      Files.createSymbolicLink(made.resolve("a/up"), directory);
    }

    assertThat(made).doesNotExist();
    assertThat(outside).hasContent("stays");
  }

  @Test
  void removesWhatAKilledWorkerLeftAndNothingThatIsInUse() throws Exception {
    Path left = Files.createDirectories(base().resolve("left"));
    Files.writeString(left.resolve("secret"), "x");
    Files.createFile(base().resolve("left.lock"));

    try (WorkDirectory first = WorkDirectory.make(base());
        WorkDirectory second = WorkDirectory.make(base())) {
      assertThat(left).doesNotExist();
      assertThat(base().resolve("left.lock")).doesNotExist();
      assertThat(first.path()).isDirectory();
      assertThat(second.path()).isDirectory();
    }
  }

  @Test
  void staysLockedAgainstOtherProcessesWhenTheNextIsMade() throws Exception {
    try (WorkDirectory first = WorkDirectory.make(base());
        WorkDirectory second = WorkDirectory.make(base())) {
      assertThat(second.path()).isDirectory();

      assertThat(taken(base().resolve(first.path().getFileName() + ".lock")))
          .as("another worker must not remove what is in use here")
          .isTrue();
    }
  }

  /** Whether another process finds it locked. */
  private static boolean taken(Path lock) throws IOException, InterruptedException {
    String asks =
        """
        import fcntl, sys
        try:
            fcntl.lockf(open(sys.argv[1], "r+"), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sys.exit(7)
        """;
    return new ProcessBuilder("python3", "-c", asks, lock.toString()).start().waitFor() == 7;
  }

  @Test
  void saysThatItCannotWriteThere() throws IOException {
    Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> WorkDirectory.make(directory.resolve("file/work")))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("Making a work directory");
  }
}
