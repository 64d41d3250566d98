package dev.signalbox.workers.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.http.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerConfigTest {
  @TempDir Path directory;

  @BeforeEach
  void writeAFile() throws IOException {
    Files.writeString(
        directory.resolve("signalbox.toml"),
        """
        [project]
        name = "inspector"
        github = "acme/inspector"
        railway = "0f0c"
        [services.web]
        [environments.production]
        branch = "main"
        """);
  }

  @Test
  void hasADefaultForEverythingButTokens() {
    WorkerConfig config =
        WorkerConfig.read(env(Map.of("RAILWAY_TOKEN", "r", "GITHUB_TOKEN", "g")), directory);

    assertThat(config.file()).isEqualTo(directory.resolve("signalbox.toml"));
    assertThat(config.railwayUrl())
        .isEqualTo(URI.create("https://backboard.railway.com/graphql/v2"));
    assertThat(config.githubUrl()).isEqualTo(URI.create("https://api.github.com"));
    assertThat(config.serviceScheme()).isEqualTo("https");
    assertThat(config.opsPort()).isZero();
    assertThat(config.gatewayKey()).isEmpty();
    assertThat(config.onThisMachine()).isFalse();
  }

  @Test
  void mapsEveryVariable() throws IOException {
    Files.move(directory.resolve("signalbox.toml"), directory.resolve("other.toml"));

    WorkerConfig config =
        WorkerConfig.read(
            env(
                Map.of(
                    "SIGNALBOX_GATEWAY_KEY", "gate",
                    "SIGNALBOX_CONFIG", "other.toml",
                    "SIGNALBOX_RAILWAY_URL", "http://127.0.0.1:1/graphql/v2",
                    "SIGNALBOX_GITHUB_URL", "http://127.0.0.1:1/api/v3",
                    "SIGNALBOX_SERVICE_SCHEME", "http",
                    "SIGNALBOX_OPS_PORT", "9090",
                    "RAILWAY_API_TOKEN", "account",
                    "RAILWAY_TOKEN", "project",
                    "GITHUB_TOKEN", "hub")),
            directory);

    assertThat(config.pipelines().environments()).containsExactly("production");
    assertThat(config.railwayUrl()).isEqualTo(URI.create("http://127.0.0.1:1/graphql/v2"));
    assertThat(config.githubUrl()).isEqualTo(URI.create("http://127.0.0.1:1/api/v3"));
    assertThat(config.railwayToken().value()).isEqualTo("account");
    assertThat(config.githubToken().value()).isEqualTo("hub");
    assertThat(config.serviceScheme()).isEqualTo("http");
    assertThat(config.opsPort()).isEqualTo(9090);
    assertThat(config.gatewayKey()).map(Secret::value).contains("gate");
    assertThat(config.onThisMachine()).isTrue();
  }

  @Test
  void readsTheTokensThatSingleEnvironmentsName() throws IOException {
    Files.writeString(
        directory.resolve("signalbox.toml"),
        "token = \"env:RAILWAY_PRODUCTION\"\n",
        StandardOpenOption.APPEND);

    WorkerConfig config =
        WorkerConfig.read(
            env(Map.of("RAILWAY_TOKEN", "r", "GITHUB_TOKEN", "g", "RAILWAY_PRODUCTION", "p")),
            directory);

    assertThat(config.railwayTokens()).containsEntry("RAILWAY_PRODUCTION", new Secret("p"));
    assertThatThrownBy(
            () ->
                WorkerConfig.read(
                    env(Map.of("RAILWAY_TOKEN", "r", "GITHUB_TOKEN", "g")), directory))
        .hasMessageContaining("RAILWAY_PRODUCTION: is not set");
  }

  @Test
  void readsTheTokenOfSlackFromItsVariable() throws IOException {
    Files.writeString(
        directory.resolve("signalbox.toml"),
        "[notify]\nslack = { token = \"env:BOT\", channel = \"C024BE91L\" }\n",
        StandardOpenOption.APPEND);
    Map<String, String> variables =
        new HashMap<>(Map.of("RAILWAY_TOKEN", "r", "GITHUB_TOKEN", "g", "BOT", "xoxb-1"));

    assertThat(WorkerConfig.read(env(variables), directory).slack())
        .contains(
            new WorkerConfig.Slack(
                URI.create("https://slack.com/api"), "BOT", new Secret("xoxb-1"), "C024BE91L"));
    variables.put("SIGNALBOX_SLACK_URL", "http://127.0.0.1:1/slack");
    assertThat(WorkerConfig.read(env(variables), directory).slack())
        .hasValueSatisfying(
            slack -> assertThat(slack.url()).hasToString("http://127.0.0.1:1/slack"));
    variables.remove("BOT");
    assertThatThrownBy(() -> WorkerConfig.read(env(variables), directory))
        .hasMessageContaining("BOT: is not set");
  }

  @Test
  void reportsEveryProblemOfVariablesAndFileAtOnce() throws IOException {
    Files.writeString(directory.resolve("signalbox.toml"), "[project]\nnam = \"x\"\n");
    Map<String, String> variables = new HashMap<>();
    variables.put("SIGNALBOX_RAILWAY_URI", "http://127.0.0.1:1");
    variables.put("SIGNALBOX_GITHUB_URL", "api.github.com");
    variables.put("SIGNALBOX_SERVICE_SCHEME", "ftp");
    variables.put("SIGNALBOX_OPS_PORT", "many");
    variables.put("GITHUB_TOKEN", "secret-token\n");

    assertThatThrownBy(() -> WorkerConfig.read(env(variables), directory))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("did you mean SIGNALBOX_RAILWAY_URL?")
        .hasMessageContaining("SIGNALBOX_GITHUB_URL: found 'api.github.com'")
        .hasMessageContaining("SIGNALBOX_SERVICE_SCHEME: found 'ftp'; allowed: https or http")
        .hasMessageContaining("SIGNALBOX_OPS_PORT: found 'many'")
        .hasMessageContaining("GITHUB_TOKEN: has white space around it")
        .hasMessageContaining("RAILWAY_API_TOKEN: is not set")
        .hasMessageContaining("signalbox.toml:2:1: project.nam: there is no such key")
        .hasMessageNotContaining("secret-token");
  }

  @Test
  void printsNoToken() {
    WorkerConfig config =
        WorkerConfig.read(
            env(Map.of("RAILWAY_TOKEN", "hidden", "GITHUB_TOKEN", "hidden")), directory);

    assertThat(config.toString()).contains("***").doesNotContain("hidden");
  }

  private static Env env(Map<String, String> variables) {
    return new Env(variables);
  }
}
