package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnScriptTest {
  @TempDir Path cache;

  private Path script() {
    return OwnScript.of(cache, "alembic_runner.py", "signalbox_answers.py").path();
  }

  @Test
  void liesInOneDirectoryHoweverManyRunsUseItOrAreKilled() throws IOException {
    Path first = script();
    Object written = key(first);

    Path second = script();

    assertThat(second).isEqualTo(first);
    assertThat(key(second)).as("not written again").isEqualTo(written);
    assertThat(filesOf(cache))
        .containsExactly(
            "alembic_runner.py",
            // Of the lock around the work directories, of which none is left.
            "all",
            "signalbox_answers.py");
  }

  @Test
  void isMadeWholeWhereSomethingOfItIsMissingOrAltered() throws IOException {
    Path script = script();
    String was = Files.readString(script);
    Path module = script.resolveSibling("signalbox_answers.py");
    Files.writeString(script, "print('half')");
    Files.delete(module);

    script();

    assertThat(script).hasContent(was);
    assertThat(module).isNotEmptyFile();
  }

  @Test
  void liesElsewhereInAnotherVersionOfThisProgram() {
    Path alone = OwnScript.of(cache, "alembic_runner.py").path();

    assertThat(alone.getParent()).isNotEqualTo(script().getParent());
  }

  private static Object key(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  private static List<String> filesOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
