package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.config.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and reasons are written by others, and land in somebody's terminal. */
class PrinterTest {
  private static final String FORGED = "no\u001b[31m\nlive: live and verified\r\u009b2J";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Printer printer(OutputForm form) {
    return new Printer(
        new Surroundings(
            Map.of(),
            Path.of(""),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(new byte[0]),
            false,
            false,
            Instant.EPOCH),
        form);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  @Test
  void keepsALineOnOneLineAndItsIndent() {
    printer(OutputForm.text).line("  rejected: " + FORGED);

    assertThat(text(out)).isEqualTo("  rejected: no live: live and verified  2J\n");
  }

  @Test
  void cleansWhatIsSaidOnTheSide() {
    printer(OutputForm.text).aside(FORGED);
    printer(OutputForm.text).question("Roll back " + FORGED + "?");

    assertThat(text(err))
        .isEqualTo("no live: live and verified  2J\nRoll back no live: live and verified  2J? ");
  }

  @Test
  void cleansTroublesThatEchoWhatWasTyped() {
    printer(OutputForm.text).trouble(Trouble.usage("Finding", FORGED, FORGED, "Ask again."));

    assertThat(text(err).lines()).hasSize(2);
    assertThat(text(err)).doesNotContain("\u001b", "\r", "\u009b");
  }

  @Test
  void cleansMistakesThatNameAKey() {
    printer(OutputForm.text)
        .problems(List.of(new Problem("signalbox.toml:1:1", "a" + FORGED, "found", "allowed: b")));

    assertThat(text(err).lines()).hasSize(2);
    assertThat(text(err)).doesNotContain("\u001b", "\r", "\u009b");
  }

  @Test
  void leavesJsonToItsOwnEscapes() {
    printer(OutputForm.json).object(Map.of("reason", "no\u001b[31m\nlive"));

    assertThat(text(out)).isEqualTo("{\"reason\":\"no\\u001B[31m\\nlive\"}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001b[2Jx", "x\nlive: live and verified"})
  void cleansAnArgumentOfAWrongCommand(String argument) {
    Terminal terminal = new Terminal(Path.of("/nowhere"));

    int exit = terminal.run("plan", "production", argument);

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.err().lines()).hasSize(2);
    assertThat(terminal.err()).doesNotContain("\u001b");
  }
}
