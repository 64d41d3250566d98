package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written wrongly is exit 2, before anybody is asked: here nobody would answer. */
class UsageTest {
  private static final String NOBODY = "127.0.0.1:1";

  @TempDir Path directory;
  private Terminal terminal;

  @BeforeEach
  void begin() throws IOException {
    terminal = Terminal.inAProject(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "promote", "migrate run", "migrate plan", "migrate status"})
  void refusesWhatIsNoCommit(String command) {
    String[] words =
        Stream.concat(
                Stream.of(command.split(" ", -1)),
                Stream.of("production", "--commit", "ab\u001b[31mcd", "--address", NOBODY))
            .toArray(String[]::new);

    int exit = terminal.run(words);

    assertThat(exit).as(terminal.err()).isEqualTo(2);
    assertThat(terminal.err())
        .contains("Understanding the commit (abcd): it is not 7 to 40 hex digits")
        .contains("git rev-parse HEAD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "123456", "../../user", "1a2b3c4g", "heads/main"})
  void refusesNamesOfBranchesAsCommits(String word) {
    assertThat(terminal.run("plan", "production", "--commit", word, "--address", NOBODY))
        .isEqualTo(2);
  }

  @Test
  void refusesToWaitForWhatIsNoCommit() {
    assertThat(terminal.run("wait", "HEAD", "--address", NOBODY)).isEqualTo(2);
    assertThat(terminal.run("wait", "pr-7", "--address", NOBODY)).isEqualTo(2);
  }

  @Test
  void readsACommitInCapitals() {
    assertThat(Targets.commit("1A2B3C4")).isEqualTo("1a2b3c4");
    assertThat(Targets.commit(null)).isNull();
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Files.writeString(directory.resolve(".signalbox"), "a file in its way");

    int exit = terminal.run("demo", "--act", "promotion");

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.err())
        .contains("making the demo's directory (" + directory.resolve(".signalbox"))
        .contains("Stand in a directory in which you may write.")
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port 99999", "--port -1", "--write file/below --no-input"})
  void refusesWhatTheSandboxCannotUse(String options) throws IOException {
    Files.writeString(directory.resolve("file"), "");
    String words = "sandbox --output json " + options.replace("file", directory + "/file");

    int exit = terminal.run(words.split(" ", -1));

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.err()).contains("\"tried\":\"Understanding the command\"");
  }

  @Test
  void refusesTwoFormsOfOneAnswer() {
    int exit = terminal.run("audit", "--csv", "--output", "json", "--address", NOBODY);

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.err()).contains("the answer is one or the other");
  }

  @Test
  void saysHowToWriteADurationBeforeTheEnvironment() {
    int exit = terminal.run("promote", "--wait", "production");

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.err())
        .contains("'production' is not a duration")
        .contains("write --wait=DURATION, or put the environment first");
  }
}
