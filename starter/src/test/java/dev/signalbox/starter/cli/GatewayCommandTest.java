package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayCommandTest {
  @TempDir Path directory;
  private Terminal terminal;

  @BeforeEach
  void begin() throws IOException {
    terminal = Terminal.inAProject(directory);
  }

  @Test
  void doesNotStartWithADoorThatHasNoSecret() {
    int exit = terminal.run("gateway", "--port", "0");

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.err())
        .contains("SIGNALBOX_GITHUB_WEBHOOK_SECRET: is not set")
        .contains("[gateway] github = false");
  }

  @Test
  void doesNotStartWithTheDoorForSlackAndNoSigningSecret() throws IOException {
    Files.writeString(
        directory.resolve("signalbox.toml"),
        "[gateway]\ngithub = false\nslack = true\n",
        StandardOpenOption.APPEND);

    int exit = terminal.run("gateway", "--port", "0");

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.err())
        .contains("SIGNALBOX_SLACK_SIGNING_SECRET: is not set")
        .contains("SLACK_BOT_TOKEN: is not set")
        .contains("[gateway] slack = false");
  }

  @Test
  void doesNotStartWithASecretThatWasCopiedWithItsLineBreak() {
    int exit =
        terminal
            .with("SIGNALBOX_GITHUB_WEBHOOK_SECRET", "a secret\n")
            .run("gateway", "--port", "0");

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.err()).contains("has white space around it").doesNotContain("a secret");
  }

  @Test
  void doesNotStartWithoutAnEngine() {
    int exit =
        terminal
            .with("GITHUB_TOKEN", "a-token")
            .with("SIGNALBOX_GITHUB_WEBHOOK_SECRET", "It's a Secret to Everybody")
            .run("gateway", "--port", "0", "--address", "127.0.0.1:1");

    assertThat(exit).isEqualTo(3);
    assertThat(terminal.err()).contains("no Temporal engine answers");
  }
}
