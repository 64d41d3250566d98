package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.starter.cli.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a CI job does after its push or its promotion. */
@Order(House.MIDDLING)
class WaitAndLogsTest {
  @TempDir Path directory;

  @Test
  void waitPrintsTheAddressAloneWhoeverDeployed() throws IOException {
    try (House house = House.at(directory).open()) {
      String revision = house.releaseOnStaging();

      // Railway deploys staging by itself.
      Terminal terminal = house.terminal();
      assertThat(terminal.run("wait", revision.substring(0, 9), "--env", "staging"))
          .as(terminal.err())
          .isZero();
      assertThat(terminal.out()).matches("http://127.0.0.1:\\d+\n");
      assertThat(terminal.err()).contains("staging: live and verified");

      // Nobody has promoted it yet, so its time runs out.
      assertThat(terminal.run("wait", revision, "--env", "production", "--timeout", "4s"))
          .isEqualTo(4);
      assertThat(terminal.out()).isEmpty();
      assertThat(terminal.err()).contains("not live and verified in time: backend runs");

      // Time that the command took to start is time that somebody waited.
      Terminal slow = house.terminal().slowToStartBy(Duration.ofMinutes(10));
      assertTimeoutPreemptively(
          Duration.ofMinutes(1),
          () ->
              assertThat(slow.run("wait", revision, "--env", "production", "--timeout", "10m"))
                  .isEqualTo(4));

      // Without --env only the environment whose ledger knows it can be meant.
      String id = house.promote();
      // Not in the common pool, which the engine needs: see OutputsTest.
      CompletableFuture<Integer> waiting =
          CompletableFuture.supplyAsync(
              () -> terminal.run("wait", revision, "--output", "json", "--timeout", "90s"),
              task -> new Thread(task, "waiting").start());
      house.approve(id);
      assertThat(waiting.join()).as(terminal.err()).isZero();
      JsonNode end = new ObjectMapper().readTree(terminal.out());
      assertThat(end.get("environment").asText()).isEqualTo("production");
      assertThat(end.get("state").asText()).isEqualTo("live");
      assertThat(end.get("url").asText()).isEqualTo(end.at("/urls/frontend").asText());

      // The logs of what runs, and of a build; what looks like a secret is masked.
      assertThat(terminal.run("logs", "production", "--service", "backend")).isZero();
      assertThat(terminal.out()).isNotEmpty().doesNotContain("frontend");
      assertThat(terminal.run("logs", "staging", "--build", "--lines", "2", "--output", "json"))
          .isZero();
      assertThat(terminal.out().lines()).hasSizeBetween(1, 4);
      assertThat(terminal.run("logs", "staging", "--since", "1ms")).isZero();
      assertThat(terminal.err()).contains("no such lines");

      // And what has ended, from the ledger.
      assertThat(terminal.run("history", "production")).isZero();
      assertThat(terminal.out()).contains("  live  " + revision.substring(0, 7) + "  by bob");
    }
  }

  @Test
  void waitFailsWithWhatFailed() {
    try (House house = House.at(directory).open()) {
      String sick =
          house
              .sandbox()
              .pushRelease(
                  House.STAGING,
                  Map.of(
                      "backend/sandbox.toml",
                      "build = \"fail\"\n".getBytes(StandardCharsets.UTF_8)),
                  "Break the build");
      String revision =
          house.releaseOnStaging(Map.of("backend/sandbox.toml", "build = \"0.1s\"\n"));

      Terminal terminal = house.terminal();
      assertThat(terminal.run("wait", sick, "--env", "staging")).as(terminal.err()).isEqualTo(1);
      assertThat(terminal.err())
          .contains("staging: backend: its deployment")
          .contains("ended FAILED, at the step ");
      assertThat(terminal.out()).isEmpty();

      String id = house.promote();
      house.awaitApproval(id);
      house.terminal().run("reject", id, "--as", "ana", "--reason", "no");
      house.end(id);
      assertThat(terminal.run("wait", revision, "--env", "production")).isEqualTo(1);
      assertThat(terminal.err()).contains(id + " ended rejected");

      // Somebody deployed it by hand since: what runs counts.
      List.of("backend", "frontend")
          .forEach(
              service -> house.sandbox().railway().deploy(House.PRODUCTION, service, revision));
      Eventually.that("it serves", () -> house.serves(House.PRODUCTION, revision));
      assertThat(terminal.run("wait", revision, "--env", "production")).as(terminal.err()).isZero();
      assertThat(terminal.err()).contains("live and verified").contains(id + " ended rejected");
    }
  }

  @Test
  void logsSaysOfWhoRefusesThatHeDoesAndNotThatHeWasLate() {
    try (House house = House.at(directory).open()) {
      Terminal terminal = house.terminal();
      assertThat(terminal.run("logs", "staging", "--lines", "1")).as(terminal.err()).isZero();
      house.sandbox().faults().add(Rule.of("*", Fault.RESET_BEFORE).at("railway").times(0));

      assertThat(terminal.run("logs", "staging", "--lines", "1")).isEqualTo(3);

      assertThat(terminal.err()).contains("Railway did not answer: ").doesNotContain("in time");
    }
  }

  @Test
  void refusesWhatCannotBeMeant() {
    try (House house = House.at(directory).open()) {
      Terminal terminal = house.terminal();

      assertThat(terminal.run("wait", "pr-7", "--timeout", "1s")).isEqualTo(4);
      assertThat(terminal.run("logs", "pr-7")).isEqualTo(1);
      assertThat(terminal.err()).contains("pr-7 has no environment");
      assertThat(terminal.run("wait", "HEAD")).isEqualTo(2);
      assertThat(terminal.err()).contains("(HEAD): it is not 7 to 40 hex digits");
      assertThat(terminal.err()).contains("git rev-parse HEAD");
      assertThat(terminal.run("wait", "0123456789abcdef")).isEqualTo(2);
      assertThat(terminal.err()).contains("--env staging or --env production");
      assertThat(terminal.run("wait", "0123456789abcdef", "--env", "staging")).isNotZero();
      assertThat(terminal.err()).contains("0123456789abcdef");
      assertThat(terminal.run("logs", "staging", "--service", "x")).isEqualTo(2);
      assertThat(terminal.err()).contains("It has: backend, frontend.");
      assertThat(terminal.run("logs", "staging", "--lines", "0")).isEqualTo(2);
      assertThat(terminal.run("history", "production", "-n", "-1")).isEqualTo(2);
      assertThat(terminal.run("logs", "staging", "--since", "yesterday")).isEqualTo(2);

      // Deleted at Railway, or renamed: no lines of it are no silence of it.
      house.configure(toml -> toml + "\n[services.nightly]\nhealth = \"/\"\n");
      assertThat(terminal.run("logs", "staging", "--service", "nightly")).isEqualTo(1);
      assertThat(terminal.err()).contains("Railway has no service named nightly");
    }
  }
}
