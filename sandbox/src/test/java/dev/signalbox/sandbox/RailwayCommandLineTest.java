package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Railway's own command line against the sandbox, every command that {@code
 * docs/reference/sandbox.md} names. {@code RAILWAY_CLI} is the path of a debug build of railwayapp
 * 5.71.0; release builds take no other address than Railway's.
 */
@Tag("clients")
class RailwayCommandLineTest extends SandboxTest {
  @TempDir Path home;

  private record Run(int status, String out, String all) {
    JsonNode json() throws IOException {
      return Client.JSON.readTree(out);
    }
  }

  @BeforeEach
  void link() throws Exception {
    railway("link", "-p", sandbox.projectId(), "-e", "staging", "-s", "backend");
  }

  private Run railway(String... arguments) throws Exception {
    Run run = tryRailway(arguments);
    assertThat(run.status()).as(String.join(" ", arguments) + "\n" + run.all()).isZero();
    return run;
  }

  private Run tryRailway(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(ForeignClient.RAILWAY.installed()));
    command.addAll(Arrays.asList(arguments));
    Path out = home.resolve("out");
    Path err = home.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME",
                home.toString(),
                "RAILWAY_BACKBOARD_URL",
                sandbox.railwayUrl(),
                "RAILWAY_API_TOKEN",
                sandbox.railwayToken(),
                "RUST_BACKTRACE",
                "0"));
    builder.environment().remove("RAILWAY_TOKEN");
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
    String said = Files.readString(out, StandardCharsets.UTF_8);
    return new Run(process.exitValue(), said, said + Files.readString(err));
  }

  private String latest() {
    return sandbox.railway().deployments("staging", "backend").get(0).id();
  }

  @Test
  void saysWhoAndWhere() throws Exception {
    assertThat(railway("whoami").all()).contains("Sandbox user");
    assertThat(railway("whoami", "--json").json().at("/workspaces/0/name").asText())
        .isEqualTo("sandbox");
    assertThat(railway("list", "--json").json().at("/0/name").asText()).isEqualTo("inspector");
    assertThat(railway("status").all()).contains("staging", "backend");
    assertThat(railway("status", "--json").json().at("/name").asText()).isEqualTo("inspector");
  }

  @Test
  void worksWithEnvironments() throws Exception {
    railway("environment", "new", "shadow");
    assertThat(tryRailway("environment", "new", "copy", "--duplicate", "staging").all())
        .contains("too quickly");
    client.control("POST", "/clock", Map.of("advance", "31s"));
    railway("environment", "new", "copy", "--duplicate", "staging");

    assertThat(railway("environment", "list").all()).contains("shadow", "copy", "production");
    assertThat(railway("environment", "config", "--json").json().get("services")).hasSize(2);
    railway("environment", "delete", "shadow", "--yes");
    assertThat(railway("environment", "list").all()).doesNotContain("shadow");
    client.await(sandbox.railway().deployments("copy", "backend").get(0).id(), "SUCCESS");
    assertThat(client.version("copy", "backend")).isEqualTo(staged());
  }

  @Test
  void worksWithVariables() throws Exception {
    railway("variables", "--set", "COLOUR=green");
    railway("variable", "set", "SIZE=3", "--skip-deploys");

    assertThat(railway("variables", "--kv").out()).contains("COLOUR=green", "SIZE=3");
    railway("variable", "delete", "SIZE");
    assertThat(railway("variable", "list", "--json").json().has("SIZE")).isFalse();
    client.await(latest(), "SUCCESS");
    assertThat(
            client
                .get(sandbox.serviceUrl("staging", "backend") + "/env")
                .json()
                .path("COLOUR")
                .asText())
        .isEqualTo("green");
  }

  @Test
  void worksWithDeployments() throws Exception {
    String first = latest();
    assertThat(railway("deployment", "list").out()).contains(first);

    railway("redeploy", "--yes");
    client.await(latest(), "SUCCESS");
    assertThat(latest()).isNotEqualTo(first);
    String redeployed = latest();
    railway("redeploy", "--from-source", "--yes");
    client.await(latest(), "SUCCESS");
    assertThat(latest()).isNotEqualTo(redeployed);
    String older = sandbox.repository().resolve("main").orElseThrow();
    railway("redeploy", "--commit", older, "--yes");
    client.await(latest(), "SUCCESS");
    assertThat(client.version("staging", "backend")).isEqualTo(older);
    railway("restart", "--yes", "--json");
    client.await(latest(), "SUCCESS");

    assertThat(railway("logs", "--lines", "5").all()).contains("Listening on port");
    assertThat(railway("logs", "--build", "--lines", "5").all()).contains("Image sha256:");
    railway("down", "--yes");
    assertThat(client.deployment(latest()).get("status").asText()).isEqualTo("REMOVED");
  }

  @Test
  void worksWithServicesAndDomains() throws Exception {
    assertThat(railway("service", "list").all()).contains("backend", "frontend");
    assertThat(railway("service", "status").all()).contains("SUCCESS");
    railway("service", "link", "frontend");
    assertThat(
            "http://" + railway("domain", "list", "--json").json().at("/domains/0/domain").asText())
        .isEqualTo(sandbox.serviceUrl("staging", "frontend"));
  }

  @Test
  void speaksTheSchema() throws Exception {
    assertThat(railway("api", "{ me { name } }").all()).contains("Sandbox user");
    assertThat(railway("api", "schema").out()).contains("__schema");
  }
}
