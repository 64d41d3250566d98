package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads the script into a real bash and presses the tab key there. */
class CompletionTest {
  @TempDir Path directory;

  @BeforeEach
  void writeTheScript() throws IOException {
    Terminal terminal = new Terminal(directory);
    assertThat(terminal.run("completion", "bash")).isZero();
    Files.writeString(directory.resolve("completion"), terminal.out());
    Files.writeString(
        directory.resolve("signalbox.toml"),
        """
        [project]
        name = "x"
        [environments.staging]
        [environments.production]
          [environments.production.limits]
        [environments."eu-west"]
        """);
  }

  @Test
  void completesCommands() throws Exception {
    assertThat(completed("signalbox", "pro")).contains("promote");
    assertThat(completed("signalbox", "")).contains("rollback", "history", "completion");
  }

  @Test
  void completesOptions() throws Exception {
    assertThat(completed("signalbox", "promote", "--re")).contains("--reason");
  }

  @Test
  void completesTheEnvironmentsOfTheFile() throws Exception {
    assertThat(completed("signalbox", "promote", ""))
        .contains("staging", "production", "eu-west")
        .doesNotContain("limits");
    assertThat(completed("signalbox", "why", "prod")).containsExactly("production");
  }

  @Test
  void saysNothingWhereThereIsNoFile() throws Exception {
    Files.delete(directory.resolve("signalbox.toml"));

    assertThat(completed("signalbox", "promote", "")).doesNotContain("production");
  }

  @Test
  void refusesAnotherShell() {
    Terminal terminal = new Terminal(directory);

    assertThat(terminal.run("completion", "fish")).isEqualTo(2);
    assertThat(terminal.err()).contains("bash").contains("zsh");
  }

  private List<String> completed(String... words) throws IOException, InterruptedException {
    String script =
        // compopt works while a key is pressed only.
        "compopt() { :; }; source ./completion; COMP_WORDS=("
            + quoted(words)
            + "); COMP_CWORD="
            + (words.length - 1)
            + "; COMP_LINE=\"${COMP_WORDS[*]}\"; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9;"
            + " _complete_signalbox; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", script)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return said.lines().map(String::strip).toList();
  }

  private static String quoted(String... words) {
    StringBuilder all = new StringBuilder();
    for (String word : words) {
      all.append('\'').append(word).append("' ");
    }
    return all.toString();
  }
}
