package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.approval.DecisionProof;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.starter.Sender;
import dev.signalbox.starter.engine.InProcessEngine;
import dev.signalbox.starter.gateway.Commands.LeftDecision;
import dev.signalbox.starter.gateway.Commands.Said;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.ApprovalMessage;
import dev.signalbox.workflows.approval.ProvenWords;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerOrder;
import dev.signalbox.workflows.monitor.IncidentOrder;
import dev.signalbox.workflows.monitor.IncidentWorkflow;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DataConverter;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An order that comes by a door of the gateway, on an engine without a worker. */
final class SpokenOrderTest {
  private static final Secret KEY = new Secret("the-key-of-the-gateway");
  private static final String LEDGER = EnvironmentWorkflow.id("inspector", "production");
  private static final String FILE =
      """
      [project]
      name = "inspector"
      github = "acme/inspector"
      railway = "r1"
      [services.web]
      health = "/"
      [environments.production]
      branch = "main"
      """;

  @Test
  void isLeftWithTheEngineProvedAndUnderTheIdOfWhatWasSaid(@TempDir Path directory)
      throws Exception {
    Files.writeString(directory.resolve("signalbox.toml"), FILE);
    try (InProcessEngine engine = InProcessEngine.start();
        EngineConnection connection =
            EngineConnection.open(EngineAddress.local(engine.address(), "default", "a test"))) {
      started(connection, "EnvironmentWorkflow", LEDGER);

      Said said =
          commands(directory, connection)
              .run(
                  new Sender("github", "ana", "77", Optional.of(KEY), Instant.now()),
                  List.of("freeze", "production", "--reason=we look"),
                  false);

      assertThat(said.text()).startsWith("recorded: the ledger of production will judge it");
      assertThat(said.decision()).isEqualTo(new LeftDecision(LEDGER, "github-77"));
      LedgerOrder order = signals(connection, LEDGER, LedgerOrder.class).get(0);
      assertThat(order.decisionId()).isEqualTo("github-77");
      assertThat(List.of(order.person(), order.door())).containsExactly("ana", "github");
      assertThat(order.proof())
          .isEqualTo(DecisionProof.of(order.words(LEDGER), KEY))
          .isNotEqualTo(DecisionProof.of(order.words("environment/inspector/staging"), KEY));
    }
  }

  @Test
  void isLeftWithAnIncidentInTheSameWay(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("signalbox.toml"), FILE);
    String incident = IncidentWorkflow.id("inspector", "production");
    try (InProcessEngine engine = InProcessEngine.start();
        EngineConnection connection =
            EngineConnection.open(EngineAddress.local(engine.address(), "default", "a test"))) {
      started(connection, "IncidentWorkflow", incident);

      Said said =
          commands(directory, connection)
              .run(
                  new Sender("slack", "ana", "77", Optional.of(KEY), Instant.now()),
                  List.of("incident", "ack", "production", "--reason=mine"),
                  false);

      assertThat(said.text()).startsWith("recorded: the incident of production will judge it");
      assertThat(said.decision()).isEqualTo(new LeftDecision(incident, "slack-77"));
      IncidentOrder order = signals(connection, incident, IncidentOrder.class).get(0);
      assertThat(List.of(order.person(), order.door())).containsExactly("ana", "slack");
      assertThat(order.proof()).isEqualTo(DecisionProof.of(order.words(incident), KEY));
    }
  }

  @Test
  void saysOfADecisionWhenItWasMadeAndMakesUpNoReason(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("signalbox.toml"), FILE);
    String run = "promotion/inspector/production/" + "5".repeat(40);
    Instant written = Instant.parse("2026-11-28T10:00:00Z");
    Sender sender = new Sender("github", "ana", "77", Optional.of(KEY), written);
    try (InProcessEngine engine = InProcessEngine.start();
        EngineConnection connection =
            EngineConnection.open(EngineAddress.local(engine.address(), "default", "a test"))) {
      started(connection, "PromotionWorkflow", run);

      commands(directory, connection)
          .run(
              sender,
              List.of("approve", run, "--digest=3f2a9c3f2a9c", "--ask=approval-1", "--reason=-"),
              false);

      ApprovalMessage sent = signals(connection, run, ApprovalMessage.class).get(0);
      assertThat(sent.said()).isEqualTo(written);
      assertThat(sent.reason()).isNull();
      assertThat(sent.proof())
          .isEqualTo(
              DecisionProof.of(
                  new ProvenWords(
                      1,
                      run,
                      "github-77",
                      "approval-1",
                      "approve",
                      "3f2a9c3f2a9c",
                      "ana",
                      "github",
                      null,
                      written),
                  KEY));
    }
  }

  @Test
  void tellsARunWhoCancelsItAndWhyBeforeItIsCancelled(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("signalbox.toml"), FILE);
    String run = "promotion/inspector/production/" + "5".repeat(40);
    Instant written = Instant.parse("2026-11-28T10:00:00Z");
    Sender sender = new Sender("slack", "ben", "78", Optional.of(KEY), written);
    try (InProcessEngine engine = InProcessEngine.start();
        EngineConnection connection =
            EngineConnection.open(EngineAddress.local(engine.address(), "default", "a test"))) {
      started(connection, "PromotionWorkflow", run);

      commands(directory, connection)
          .run(sender, List.of("cancel", run, "--reason=wrong commit"), false);

      AnswerMessage word = signals(connection, run, AnswerMessage.class).get(0);
      assertThat(List.of(word.question(), word.answer(), word.person(), word.door()))
          .containsExactly("cancel", "cancel", "ben", "slack");
      assertThat(word.reason()).isEqualTo("wrong commit");
      assertThat(word.proof())
          .isEqualTo(
              DecisionProof.of(
                  new ProvenWords(
                      1,
                      run,
                      "slack-78",
                      "cancel",
                      "cancel",
                      null,
                      "ben",
                      "slack",
                      "wrong commit",
                      written),
                  KEY));
      assertThat(connection.client().fetchHistory(run).getEvents())
          .last()
          .extracting(HistoryEvent::getEventType)
          .isEqualTo(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED);
    }
  }

  @Test
  void saysOfADecisionThatComesAgainToAnEndedRunWhatBecameOfIt(@TempDir Path directory)
      throws Exception {
    Files.writeString(directory.resolve("signalbox.toml"), FILE);
    String run = "promotion/inspector/production/" + "5".repeat(40);
    Sender sender = new Sender("slack", "ana", "77", Optional.of(KEY), Instant.now());
    try (InProcessEngine engine = InProcessEngine.start();
        EngineConnection connection =
            EngineConnection.open(EngineAddress.local(engine.address(), "default", "a test"))) {
      WorkerFactory factory = WorkerFactory.newInstance(connection.client());
      factory.newWorker("nobody").registerWorkflowImplementationTypes(Approved.class);
      factory.start();
      started(connection, "PromotionWorkflow", run).getResult(Void.class);

      Said said =
          commands(directory, connection)
              .run(
                  sender,
                  List.of(
                      "approve", run, "--digest=3f2a9c3f2a9c", "--ask=approval-1", "--reason=-"),
                  false);
      factory.shutdownNow();

      assertThat(said.text()).isEqualTo("counted: approve by ana");
    }
  }

  /** As much of a promotion as is asked here. */
  @WorkflowInterface
  public interface Promotion {
    @WorkflowMethod(name = "PromotionWorkflow")
    void run();

    @QueryMethod(name = "status")
    Map<String, Object> status();
  }

  /** It has ended, and counted ana's yes before. */
  public static final class Approved implements Promotion {
    @Override
    public void run() {}

    @Override
    public Map<String, Object> status() {
      Map<String, Object> yes =
          Map.of("decisionId", "slack-77", "person", "ana", "verdict", "approve", "counted", true);
      return Map.of("state", "live", "decisions", List.of(yes));
    }
  }

  private static WorkflowStub started(EngineConnection connection, String type, String id) {
    WorkflowStub run =
        connection
            .client()
            .newUntypedWorkflowStub(
                type,
                WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue("nobody").build());
    run.start();
    return run;
  }

  private static SpokenCommands commands(Path directory, EngineConnection connection) {
    return new SpokenCommands(
        surroundings(directory), connection, PipelineFile.parse("signalbox.toml", FILE).orThrow());
  }

  private static Surroundings surroundings(Path directory) {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    return new Surroundings(
        Map.of(),
        directory,
        nowhere,
        nowhere,
        InputStream.nullInputStream(),
        false,
        false,
        Instant.now());
  }

  private static <T> List<T> signals(EngineConnection connection, String id, Class<T> type) {
    DataConverter converter = connection.client().getOptions().getDataConverter();
    return connection.client().fetchHistory(id).getEvents().stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
        .map(event -> event.getWorkflowExecutionSignaledEventAttributes().getInput())
        .map(input -> converter.fromPayloads(0, Optional.of(input), type, type))
        .toList();
  }
}
