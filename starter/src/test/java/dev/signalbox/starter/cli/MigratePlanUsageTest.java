package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written wrongly is exit 2, before anything is asked. */
class MigratePlanUsageTest {
  @TempDir Path directory;
  private Terminal terminal;

  @BeforeEach
  void makeAProject() throws IOException {
    Files.writeString(directory.resolve("alembic.ini"), "[alembic]\nscript_location = .\n");
    Files.createDirectory(directory.resolve("scripts"));
    terminal =
        new Terminal(directory)
            .with("PATH", "/nowhere:" + directory)
            .with("ADDRESS", "postgresql://ana:canary@127.0.0.1:1/shop");
  }

  private int plan(String... more) {
    String[] arguments = {"migrate", "plan", "--directory", ".", "--database", "env:ADDRESS"};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return terminal.run(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite:///canary.db", "canary", "postgresql://ana:canary@host"})
  void wantsTheAddressOfAPostgres(String address) {
    terminal.with("ADDRESS", address);

    assertThat(plan()).isEqualTo(2);
    assertThat(terminal.err())
        .contains("Reading the database address (ADDRESS)", "postgresql://user:password@host")
        .doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-program -x", "scripts", "./no/python", " "})
  void wantsAProgramForPython(String python) {
    assertThat(plan("--python", python)).isEqualTo(2);
    assertThat(terminal.err())
        .contains("Finding the project's Python", "there is no such program")
        .doesNotContain("[migrations]");
  }

  @Test
  void takesAnEnvironmentOrADirectoryAndSaysNotBoth() {
    assertThat(plan("production")).isEqualTo(2);
    assertThat(terminal.err()).contains("it takes one, not both");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "base", "head"})
  void wantsARevisionsIdForWhereToGo(String to) {
    assertThat(plan("--to=" + to)).isEqualTo(2);
    assertThat(terminal.err()).contains("Understanding what to plan", "is no revision's id");
  }

  @Test
  void findsAProgramOnThePath() throws IOException {
    Path program = directory.resolve("own-python");
    Files.writeString(program, "#!/bin/sh\nexit 3\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();

    assertThat(plan("--python", "own-python")).isEqualTo(1);
    assertThat(terminal.err()).contains("exit code 3");
  }
}
