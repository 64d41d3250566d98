package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.starter.cli.Terminal;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each interactive command, with one part of the installation away. */
class UnreachableTest {
  /** Less than the ten seconds that a person is promised: the process needs time to start, too. */
  private static final Duration WITHIN = Duration.ofMillis(8500);

  private static final List<String> COMMANDS =
      List.of(
          "status",
          "list",
          "why production",
          "history production",
          "logs production",
          "wait 0123456789abcdef --env production",
          "plan production",
          "promote production",
          "rollback production --yes",
          "redeploy production",
          "approve production --reason fine",
          "reject production --reason bad",
          "resolve production --as done --reason seen",
          "cancel production");

  @TempDir Path directory;

  @Test
  void exitsThreeWithinTenSecondsWhereNoEngineAnswers() {
    try (House house = House.at(directory).open()) {
      eachCommand(
          command ->
              requireExit(
                  house.terminal().with("TEMPORAL_ADDRESS", "127.0.0.1:1"),
                  command,
                  3,
                  "no Temporal engine answers"));
    }
  }

  @Test
  void exitsThreeWithinTenSecondsWhereNoWorkerAnswers() {
    try (House house = House.at(directory).open()) {
      house.stopWorker();

      eachCommand(command -> requireExit(house.terminal(), command, 3, "no worker does"));
    }
  }

  @Test
  void keepsAnApprovalByEnvironmentUntilAWorkerComes() {
    try (House house = House.at(directory).open()) {
      house.releaseOnStaging();
      String id = house.promote();
      Ask card = house.awaitApproval(id);
      house.stopWorker();

      requireExit(house.terminal(), "why production", 3, id + " (stage approval)");
      requireExit(house.terminal(), "approve production --as ana --reason fine", 4, "");
      house.startWorker();

      assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
      assertThat(house.end(id).digest()).isEqualTo(card.digest());
    }
  }

  @Test
  void keepsARejectionByIdOrRevisionUntilAWorkerComes() {
    try (House house = House.at(directory).open()) {
      String revision = house.releaseOnStaging();
      String id = house.promote();
      house.awaitApproval(id);
      house.stopWorker();

      requireExit(house.terminal(), "reject " + id + " --as eve --reason no", 4, "");
      requireExit(
          house.terminal(), "reject " + revision.substring(0, 9) + " --as ana --reason no", 4, "");
      house.startWorker();

      assertThat(house.end(id).result()).isEqualTo(Result.REJECTED);
      assertThat(house.end(id).detail()).contains("ana");
    }
  }

  @Test
  void saysWhichCommandTheEngineKeepsWhereItCannotFindTheRun() {
    try (House house = House.at(directory).open()) {
      house.stopWorker();

      requireExit(
          house.terminal(),
          "approve production --reason fine",
          3,
          "signalbox approve promotion/inspector/production/<40 hex> --digest <12 hex>");
    }
  }

  @Test
  void exitsThreeWithinTenSecondsWhereRailwayAndGitHubHang() {
    try (House house = House.at(directory).open()) {
      house.sandbox().faults().add(Rule.of("*", Fault.HANG).times(0));

      requireExit(house.terminal(), "plan production", 3, "GitHub did not answer in time");
      requireExit(house.terminal(), "promote production", 3, "Nothing was started");
      requireExit(house.terminal(), "logs production", 3, "did not answer in time");
      requireExit(
          house.terminal(),
          "wait 0123456789abcdef --env production",
          3,
          "GitHub did not answer in time");
      requireExit(
          house.terminal(), "wait 0123456789abcdef --env production --timeout 2s", 4, "in time");
      requireExit(house.terminal(), "status", 0, "");
      requireExit(house.terminal(), "list", 0, "");
    }
  }

  @Test
  void startsAPromotionThatWaitsWhereRailwayAloneHangs() {
    try (House house = House.at(directory).open()) {
      house.releaseOnStaging();
      house.sandbox().faults().add(Rule.of("*", Fault.HANG).at("railway").times(0));

      requireExit(house.terminal(), "plan production", 3, "Railway");
      requireExit(house.terminal(), "promote production", 0, "");
    }
  }

  /** All at once: each waits for its own deadline. */
  private static void eachCommand(Consumer<String> check) {
    ExecutorService terminals = Executors.newFixedThreadPool(COMMANDS.size());
    try {
      CompletableFuture.allOf(
              COMMANDS.stream()
                  .map(
                      command -> CompletableFuture.runAsync(() -> check.accept(command), terminals))
                  .toArray(CompletableFuture[]::new))
          .join();
    } finally {
      terminals.shutdownNow();
    }
  }

  private static void requireExit(Terminal terminal, String command, int exit, String sentence) {
    Instant start = Instant.now();
    int answered = terminal.run(command.split(" "));
    Duration took = Duration.between(start, Instant.now());

    String said = command + " in " + took.toMillis() + " ms: " + terminal.out() + terminal.err();
    assertThat(answered).as(said).isEqualTo(exit);
    assertThat(took).as(said).isLessThan(WITHIN);
    assertThat(terminal.out() + terminal.err()).as(command).contains(sentence);
  }
}
