package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An answer that went nowhere. */
class UnwrittenTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String failure, String... arguments) {
    return SignalboxCli.run(
        new Surroundings(
            Map.of(),
            Path.of("/nowhere"),
            new PrintStream(new Readers(failing(failure)), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(new byte[0]),
            false,
            false,
            Instant.now()),
        arguments);
  }

  private static OutputStream failing(String failure) {
    return new OutputStream() {
      @Override
      public void write(int character) throws IOException {
        throw new IOException(failure);
      }
    };
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void isAFailureOfTheCommand() {
    int exit = run("No space left on device", "--version");

    assertThat(exit).isEqualTo(1);
    assertThat(err()).contains("Writing the answer (stdout): it could not be written to its end.");
  }

  @Test
  void isToldAsJsonWhenAsked() {
    int exit = run("Bad file descriptor", "plan", "--help", "--output=json");

    assertThat(exit).isEqualTo(1);
    assertThat(err()).startsWith("{\"error\":{\"code\":1,\"tried\":\"Writing the answer\"");
  }

  @Test
  void isNoFailureWhereTheReaderHasLeft() {
    int exit = run("Broken pipe", "--version");

    assertThat(exit).isZero();
    assertThat(err()).isEmpty();
  }
}
