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
        .contains("[gateway] github = false")
        .contains("SIGNALBOX_GATEWAY_KEY: is not set", "[gateway] comments = false");
  }

  @Test
  void startsWithoutTheKeyWhereNobodyDecides() throws IOException {
    configured("[gateway]\ncomments = false\n");

    int exit =
        terminal
            .with("SIGNALBOX_GITHUB_WEBHOOK_SECRET", "It's a Secret to Everybody")
            .run("gateway", "--port", "0", "--address", "127.0.0.1:1");

    assertThat(exit).as("no more than the engine is missing").isEqualTo(3);
  }

  @Test
  void doesNotStartWithSecretsThatCanBeGuessedOrHadTwice() throws IOException {
    configured(
        """
        [gateway]
        github = false
        railway = "env:HOOK"
        [gateway.api.viewer]
        token = "env:VIEWER"
        rights = ["view"]
        [gateway.api.bot]
        token = "env:BOT"
        rights = ["request"]
        """);

    int exit =
        terminal
            .with("HOOK", "a")
            .with("VIEWER", "one-token-for-two")
            .with("BOT", "one-token-for-two")
            .run("gateway", "--port", "0");

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.err())
        .contains("HOOK: is shorter than 16 characters", "`openssl rand -hex 32`")
        .contains("BOT: is the secret of [gateway.api.viewer] and of [gateway.api.bot]")
        .doesNotContain("one-token-for-two");
  }

  private void configured(String toml) throws IOException {
    Files.writeString(directory.resolve("signalbox.toml"), toml, StandardOpenOption.APPEND);
  }

  @Test
  void doesNotStartWithTheDoorForSlackAndNoSigningSecret() throws IOException {
    configured("[gateway]\ngithub = false\nslack = true\n");

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
            .with("SIGNALBOX_GATEWAY_KEY", "the-key-of-the-gateway")
            .with("SIGNALBOX_GITHUB_WEBHOOK_SECRET", "It's a Secret to Everybody")
            .run("gateway", "--port", "0", "--address", "127.0.0.1:1");

    assertThat(exit).isEqualTo(3);
    assertThat(terminal.err()).contains("no Temporal engine answers");
  }
}
