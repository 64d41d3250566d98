package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignOfLifeTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void saysWhatIsWaitedForAndHowLongInOneLine() {
    try (SignOfLife sign = SignOfLife.of(surroundings(false), "starting")) {
      sign.say("reading 143 revisions, at 7: a\u001b[2Jb" + "x".repeat(100));

      assertThat(sign.line(Duration.ofSeconds(61)))
          .startsWith("reading 143 revisions, at 7: a [2Jb")
          .endsWith("x (61 s)")
          .hasSize(78);
    }
  }

  @Test
  void isGoneWhenTheAnswerIsThere() {
    try (SignOfLife sign = SignOfLife.of(surroundings(true), "starting")) {
      sign.draw();
    }

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("\rstarting (0 s)")
        .endsWith("\r\u001b[K");
  }

  @Test
  void saysNothingWhereNoTerminalIs() {
    SignOfLife.of(surroundings(false), "starting").close();

    assertThat(err.size()).isZero();
  }

  private Surroundings surroundings(boolean screen) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Surroundings(
        Map.of(),
        Path.of("."),
        stream,
        stream,
        InputStream.nullInputStream(),
        false,
        screen,
        Instant.now());
  }
}
