package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.starter.engine.InProcessEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TroubleTest {
  private static final String NOBODY = "127.0.0.1:1";

  @TempDir Path directory;
  private Terminal terminal;

  @BeforeEach
  void begin() throws IOException {
    terminal = Terminal.inAProject(directory);
  }

  @Test
  void namesAllMistakesOfTheFileWithTheirPlaces() throws IOException {
    write(
        """
        [project]
        name = "inspector"
        github = "acme"
        railway = "0f0c"
        [services.web]
        [environments.production]
        brunch = "main"
          soak = "long"
        """);

    int exit = terminal.run("status");

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err())
        .contains("signalbox.toml:3:1: project.github: found \"acme\"; allowed: \"owner/name\"")
        .contains("signalbox.toml:6:1: environments.production.branch: is missing")
        .contains("signalbox.toml:7:1: environments.production.brunch: there is no such key; did")
        .contains("signalbox.toml:8:3: environments.production.soak: found \"long\"; allowed: a")
        .contains("4 mistakes in the configuration");
  }

  @Test
  void printsMistakesAsJsonWhenAsked() throws IOException {
    write("[project]\n");

    int exit = terminal.run("status", "--output", "json");

    JsonNode error = new ObjectMapper().readTree(terminal.err()).get("error");
    assertThat(exit).isEqualTo(2);
    assertThat(error.get("code").asInt()).isEqualTo(2);
    assertThat(error.get("problems")).hasSize(5);
  }

  @Test
  void printsMistakesInTheOrderOfTheirLinesAndEachLabelOnce() throws IOException {
    write(
        """
        [project]
        name = "inspector"
        github = "acme"
        brunch = "x"
        railway = 5
        [services.web]
        [environments.production]
        branch = "main"
        soak = "long"
        from = "production"
        """);

    terminal.run("status", "--output", "json");

    JsonNode problems = new ObjectMapper().readTree(terminal.err()).at("/error/problems");
    assertThat(problems.findValuesAsText("place"))
        .containsExactly(
            "signalbox.toml:3:1",
            "signalbox.toml:4:1",
            "signalbox.toml:5:1",
            "signalbox.toml:9:1",
            "signalbox.toml:10:1");
    assertThat(problems.findValuesAsText("found"))
        .contains("\"acme\"", "5")
        .noneMatch(found -> found.startsWith("found"));
    assertThat(problems.findValuesAsText("allowed"))
        .noneMatch(allowed -> allowed.startsWith("allowed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"banana", "127.0.0.1", ":7233", "127.0.0.1:port", "host:99999", "http://h:1"})
  void refusesAnEngineAddressThatIsNoHostWithAPort(String address) {
    int byOption = terminal.run("status", "--address", address);
    String said = terminal.err();
    int byVariable = terminal.with("TEMPORAL_ADDRESS", address).run("status");

    assertThat(byOption).isEqualTo(2);
    assertThat(said).contains("--address").contains("HOST:PORT");
    assertThat(byVariable).isEqualTo(2);
    assertThat(terminal.err()).contains("TEMPORAL_ADDRESS gives (" + address + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"approve", "reject", "resolve", "promote", "rollback"})
  void refusesAReasonWithoutWords(String command) {
    int exit =
        command.equals("resolve")
            ? terminal.run(command, "production", "--as", "done", "--reason", " ")
            : terminal.run(command, "production", "--reason", "");

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.err()).contains("--reason").contains("it is empty; write some words");
  }

  @ParameterizedTest
  @ValueSource(strings = {"approve", "freeze", "promote"})
  void refusesAReasonThatIsLongerThanWhatStaysOnRecord(String command) {
    assertThat(terminal.run(command, "production", "--reason", "x".repeat(1_001))).isEqualTo(2);
    assertThat(terminal.err())
        .contains("--reason")
        .contains("the reason has 1001 characters, and 1000 stay on record: say it shorter");
  }

  @Test
  void listsTheAnswersThatAreAllowedAsTheyAreSaid() {
    int exit = terminal.run("resolve", "production", "--as", "fish", "--reason", "why");

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.err())
        .contains("'fish' is none of: done, not-done, abandon, retry, accept, rollback")
        .doesNotContain("NOT_DONE");
  }

  @Test
  void saysThatNoEngineAnswers() {
    int exit = terminal.run("status", "--address", NOBODY);

    assertThat(exit).isEqualTo(3);
    assertThat(terminal.err()).contains("no Temporal engine answers within 5 s").contains(NOBODY);
  }

  @Test
  void saysHowToGetAnEngineWhenNothingNamesOne() {
    int exit = terminal.run("promote", "production");

    assertThat(exit).isEqualTo(3);
    assertThat(terminal.err()).contains("temporal server start-dev").contains("signalbox worker");
  }

  @Test
  void saysThatTheEngineAnswersAndNoWorkerDoes() {
    try (InProcessEngine engine = InProcessEngine.start()) {
      int exit = terminal.run("status", "--address", engine.address());

      assertThat(exit).isEqualTo(3);
      assertThat(terminal.err())
          .contains("the engine answers, no worker does")
          .contains("Start `signalbox worker`.");
    }
  }

  @Test
  void startsNoEngineInMemoryForSystemsBeyondThisMachine() {
    terminal
        .with("RAILWAY_API_TOKEN", "hidden")
        .with("GITHUB_TOKEN", "hidden")
        .with("SIGNALBOX_RAILWAY_URL", "http://192.0.2.1:1/graphql/v2")
        .with("SIGNALBOX_GITHUB_URL", "http://192.0.2.1:1/api/v3");

    int exit = terminal.run("promote", "production", "--wait");

    assertThat(exit).isEqualTo(3);
    assertThat(terminal.err()).contains("durable").doesNotContain("hidden");
  }

  @Test
  void saysThatRailwayIsNotReached() {
    terminal
        .with("RAILWAY_API_TOKEN", "hidden")
        .with("GITHUB_TOKEN", "hidden")
        .with("SIGNALBOX_RAILWAY_URL", "http://127.0.0.1:1/graphql/v2")
        .with("SIGNALBOX_GITHUB_URL", "http://127.0.0.1:1/api/v3");

    int exit = terminal.run("plan", "production");

    assertThat(exit).isEqualTo(3);
    assertThat(terminal.err())
        .contains("Reaching Railway", "no connection: it is refused", "SIGNALBOX_RAILWAY_URL")
        .doesNotContain("Exception");
  }

  @Test
  void refusesOptionsOfLaterCapabilitiesAsUnknown() {
    assertThat(terminal.run("promote", "production", "--emergency")).isEqualTo(2);
    assertThat(terminal.err()).contains("--emergency");
  }

  @Test
  void suggestsTheCommandThatWasMeant() {
    int exit = terminal.run("promot", "production");

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.err()).contains("promote");
  }

  @Test
  void refusesAnUnknownEnvironmentByNamingTheKnownOnes() {
    int exit = terminal.run("promote", "produktion", "--address", NOBODY);

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.err()).contains("It has: production.");
  }

  @Test
  void rollsNothingBackUnconfirmed() {
    int exit = terminal.run("rollback", "production", "--address", NOBODY);

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.err()).contains("nothing was sent").contains("--yes");
  }

  @Test
  void refusesAnUnknownVariable() {
    int exit = terminal.with("SIGNALBOX_USERS", "ana").run("status", "--address", NOBODY);

    assertThat(exit).isEqualTo(2);
    assertThat(terminal.err()).contains("did you mean SIGNALBOX_USER?");
  }

  private void write(String content) throws IOException {
    Files.writeString(directory.resolve("signalbox.toml"), content);
  }
}
