package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tomlj.Toml;

class StartedSandboxTest extends SandboxTest {
  @Test
  void hasStagingOneCommitAheadOfProduction() {
    var commit = sandbox.repository().commit(client.version("staging", "backend"));

    assertThat(commit.parents()).containsExactly(client.version("production", "backend"));
  }

  @Test
  void saysWhereEverythingIsInOneLine() throws IOException {
    String line = sandbox.readyLine();

    var ready = Client.JSON.readTree(line);
    assertThat(line).doesNotContain("\n");
    assertThat(ready.get("ready").asBoolean()).isTrue();
    assertThat(ready.at("/railway/url").asText()).isEqualTo(sandbox.railwayUrl());
    assertThat(ready.at("/environments/production/services/backend/url").asText())
        .isEqualTo(sandbox.serviceUrl("production", "backend"));
  }

  @Test
  void letsASecondPersonApproveWhatTheFirstOpened() throws IOException {
    var ready = Client.JSON.readTree(sandbox.readyLine()).get("github");
    String pulls = sandbox.githubUrl() + "/repos/acme/inspector/pulls";
    client.with("Authorization", "Bearer " + ready.get("token").asText());
    var pull =
        client.call("POST", pulls, Map.of("title", "t", "head", "staging", "base", "main")).json();
    String reviews = pulls + "/" + pull.get("number").asInt() + "/reviews";
    Map<String, String> approval = Map.of("event", "APPROVE");

    assertThat(client.call("POST", reviews, approval).status()).isEqualTo(422);
    client.with("Authorization", "Bearer " + ready.at("/reviewer/token").asText());
    var review = client.call("POST", reviews, approval).json();

    assertThat(review.get("state").asText()).isEqualTo("APPROVED");
    assertThat(review.at("/user/login").asText())
        .isEqualTo(ready.at("/reviewer/login").asText())
        .isNotEqualTo(pull.at("/user/login").asText());
  }

  @Test
  void answersExactlyTheSteadyAddressAsDomain() {
    String domain =
        client.instance("production", "frontend").at("/domains/serviceDomains/0/domain").asText();

    assertThat("http://" + domain).isEqualTo(sandbox.serviceUrl("production", "frontend"));
  }

  @Test
  void writesAConfigurationAndVariablesThatOthersMayNotRead(@TempDir Path directory)
      throws IOException {
    sandbox.write(directory);

    var toml = Toml.parse(directory.resolve("signalbox.toml"));
    assertThat(toml.errors()).isEmpty();
    assertThat(toml.getString("environments.production.from")).isEqualTo("staging");
    assertThat(Files.readString(directory.resolve("sandbox.env")))
        .contains("export RAILWAY_API_TOKEN='" + sandbox.railwayToken() + "'")
        .contains("export SANDBOX_REVIEWER_TOKEN='" + sandbox.reviewerToken() + "'");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("sandbox.env"))))
        .isEqualTo("rw-------");
  }

  @Test
  void reportsTheCheckOfStagingsCommitOnGitHub() {
    String runs = sandbox.githubUrl() + "/repos/acme/inspector/commits/" + staged() + "/check-runs";
    client.with("Authorization", "Bearer " + sandbox.githubToken());

    var green =
        Eventually.see(
            () -> client.get(runs).json().at("/check_runs/0"),
            run -> run.path("conclusion").asText().equals("success"));

    assertThat(green.get("name").asText()).isEqualTo("python-ci");
    assertThat(sandbox.journal().entries().get(0).door()).isEqualTo("github");
  }

  @Test
  void readsAProjectFromAFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("project.toml");
    Files.writeString(
        file,
        """
        [project]
        name = "shop"
        plan = "hobby"
        [timing]
        build = "2s"
        [github]
        search_lag = "3s"
        [github.secondary]
        content_per_minute = 5
        [[github.webhooks]]
        url = "http://127.0.0.1:9/hook"
        secret = "s"
        events = ["push"]
        [services.api]
        watch = ["api/**"]
        [environments.live]
        branch = "main"
        auto_deploy = true
        """);

    SandboxSettings settings = ProjectFile.read(file, SandboxSettings.demo());

    assertThat(settings.project()).isEqualTo("shop");
    assertThat(settings.plan()).isEqualTo(SandboxSettings.Plan.HOBBY);
    assertThat(settings.timing().build()).hasSeconds(2);
    assertThat(settings.github())
        .isEqualTo(
            new GitHubSettings(
                Duration.ofSeconds(3),
                List.of(
                    new GitHubSettings.Webhook("http://127.0.0.1:9/hook", "s", List.of("push"))),
                new SecondaryLimits(900, 5, 500, 100)));
    assertThat(settings.services())
        .containsExactly(new SandboxSettings.ServiceSettings("api", "api", List.of("api/**")));
    assertThat(settings.environments())
        .containsExactly(new SandboxSettings.EnvironmentSettings("live", "main", true));
  }
}
