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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Each interactive command, with one part of the installation away. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Order(House.LONG)
final class UnreachableTest {
  /**
   * That they give up by themselves. Ten seconds are promised, which a loaded machine does not
   * keep: what the waits add up to is PatienceTest's.
   */
  private static final Duration WITHIN = Duration.ofMinutes(1);

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

  /** Whose worker has hanging calls to finish, so that it should not be ended meanwhile. */
  private static final int LAST = Integer.MAX_VALUE;

  private static final String APPROVED = "approved";
  private static final String REJECTED = "rejected";
  private static final String HANGING = "hanging";

  private House house;
  private boolean working;

  @BeforeAll
  void open(@TempDir Path directory) {
    house =
        House.at(directory)
            .environments(List.of(House.PRODUCTION, APPROVED, REJECTED, HANGING))
            .open();
    working = true;
  }

  private void stopWorker() {
    house.stopWorker();
    working = false;
  }

  private void startWorker() {
    house.startWorker();
    working = true;
  }

  @AfterEach
  void mend() {
    house.sandbox().faults().clear();
    if (!working) {
      startWorker();
    }
  }

  @AfterAll
  void close() {
    house.close();
  }

  @Test
  void exitsThreeWithinTenSecondsWhereNoEngineAnswers() {
    eachCommand(
        command ->
            requireExit(
                house.terminal().with("TEMPORAL_ADDRESS", "127.0.0.1:1"),
                command,
                3,
                "no Temporal engine answers"));
  }

  @Test
  void exitsThreeWithinTenSecondsWhereNoWorkerAnswers() {
    stopWorker();

    eachCommand(command -> requireExit(house.terminal(), command, 3, "no worker does"));
  }

  @Test
  void waitsNoLongerThanItsOwnTimeAlsoWhereTheEnvironmentHasStillToBeFound() {
    stopWorker();

    requireExit(house.terminal(), "wait 0123456789abcdef --timeout 2s", 4, "in time");
    requireExit(house.terminal(), "wait 0123456789abcdef", 3, "no worker does");
  }

  @Test
  void keepsAnApprovalByEnvironmentUntilAWorkerComes() {
    house.releaseOnStaging();
    String id = house.promote(APPROVED);
    Ask card = house.awaitApproval(id);
    stopWorker();

    requireExit(house.terminal(), "why approved", 3, id + " (stage approval)");
    requireExit(house.terminal(), "approve approved --as ana --reason fine", 4, "");
    startWorker();

    assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
    assertThat(house.end(id).digest()).isEqualTo(card.digest());
  }

  @Test
  void keepsARejectionByIdOrRevisionUntilAWorkerComes() {
    String revision = house.releaseOnStaging();
    String id = house.promote(REJECTED);
    house.awaitApproval(id);
    stopWorker();

    requireExit(house.terminal(), "reject " + id + " --as eve --reason no", 4, "");
    requireExit(
        house.terminal(), "reject " + revision.substring(0, 9) + " --as ana --reason no", 4, "");
    startWorker();

    assertThat(house.end(id).result()).isEqualTo(Result.REJECTED);
    assertThat(house.end(id).detail()).contains("ana");
  }

  @Test
  void saysWhichCommandTheEngineKeepsWhereItCannotFindTheRun() {
    stopWorker();

    requireExit(
        house.terminal(),
        "approve production --reason fine",
        3,
        "signalbox approve promotion/inspector/production/<40 hex> --digest <12 hex>");
  }

  @Test
  @Order(LAST)
  void exitsThreeWithinTenSecondsWhereRailwayAndGitHubHang() {
    house.sandbox().faults().add(Rule.of("*", Fault.HANG).times(0));

    eachCommand(
        Map.of(
            "plan production", "GitHub did not answer in time",
            "promote production", "Nothing was started",
            "logs production", "did not answer in time",
            "wait 0123456789abcdef --env production", "GitHub did not answer in time"),
        3);
    requireExit(
        house.terminal(), "wait 0123456789abcdef --env production --timeout 2s", 4, "in time");
    eachCommand(Map.of("status", "", "list", ""), 0);
  }

  @Test
  @Order(LAST)
  void startsAPromotionThatWaitsWhereRailwayAloneHangs() {
    house.releaseOnStaging();
    house.sandbox().faults().add(Rule.of("*", Fault.HANG).at("railway").times(0));

    requireExit(house.terminal(), "plan hanging", 3, "Railway");
    requireExit(house.terminal(), "promote hanging", 0, "");
  }

  private static void eachCommand(Consumer<String> check) {
    atOnce(COMMANDS, check);
  }

  /**
   * @param sentences what each command says
   */
  private void eachCommand(Map<String, String> sentences, int exit) {
    atOnce(
        sentences.keySet(),
        command -> requireExit(house.terminal(), command, exit, sentences.get(command)));
  }

  /** Each waits for its own deadline. */
  private static void atOnce(Collection<String> commands, Consumer<String> check) {
    ExecutorService terminals = Executors.newFixedThreadPool(commands.size());
    try {
      CompletableFuture.allOf(
              commands.stream()
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
