package dev.signalbox.starter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.starter.engine.InProcessEngine;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.hint.Hint;
import io.javalin.Javalin;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pushes that no delivery told of, and ledgers that saw another commit at the end of a branch. */
final class HeadSweepTest {
  private static final String OLD = "4".repeat(40);
  private static final String NEW = "5".repeat(40);
  private static final String QUEUE = "ledgers";
  private static final String FILE =
      """
      [project]
      name = "inspector"
      github = "acme/inspector"
      railway = "r1"
      [services.web]
      [environments.staging]
      branch = "staging"
      auto = { on = ["push"] }
      [environments.production]
      branch = "main"
      auto = { on = ["push"] }
      [environments.manual]
      branch = "by-hand"
      """;

  private final InProcessEngine engine = InProcessEngine.start();
  private final EngineConnection connection =
      EngineConnection.open(EngineAddress.local(engine.address(), "default", "a test"));
  private final WorkerFactory factory = WorkerFactory.newInstance(connection.client());

  /** Every branch ends at the new commit. */
  private final Javalin github =
      Javalin.create(
              config -> {
                config.startup.showJavalinBanner = false;
                config.jetty.host = "127.0.0.1";
                config.routes.get(
                    "/repos/acme/inspector/git/ref/heads/{branch}",
                    context ->
                        context
                            .contentType("application/json")
                            .result(
                                "{\"ref\":\"refs/heads/%s\",\"object\":{\"sha\":\"%s\"}}"
                                    .formatted(context.pathParam("branch"), NEW)));
              })
          .start(0);

  @BeforeEach
  void start() {
    factory.newWorker(QUEUE).registerWorkflowImplementationTypes(SeeingLedger.class);
    factory.start();
  }

  @AfterEach
  void close() {
    factory.shutdownNow();
    connection.close();
    engine.close();
    github.stop();
  }

  @Test
  void tellsALedgerOfAPushThatItHasNotSeenAndNoOtherLedger() {
    ledger("staging", NEW);
    ledger("production", OLD);
    ledger("manual", OLD);

    sweep();

    assertThat(hints("production"))
        .extracting(Hint::door, Hint::event, Hint::ref)
        .containsExactly(tuple("sweep", "push", "refs/heads/main"));
    assertThat(hints("staging")).as("it saw that commit").isEmpty();
    assertThat(hints("manual")).as("no push starts anything there").isEmpty();
  }

  @Test
  void goesOnWhereALedgerDoesNotAnswer() {
    ledger("production", OLD);

    sweep();

    assertThat(hints("production")).hasSize(1);
  }

  private void sweep() {
    new HeadSweep(
            new GitHubClient(
                URI.create("http://127.0.0.1:" + github.port()),
                new Secret("t"),
                Clock.systemUTC()),
            PipelineFile.parse("signalbox.toml", FILE).orThrow(),
            connection,
            new Courier(connection))
        .sweep();
  }

  private void ledger(String environment, String head) {
    connection
        .client()
        .newUntypedWorkflowStub(
            "EnvironmentWorkflow",
            WorkflowOptions.newBuilder().setWorkflowId(id(environment)).setTaskQueue(QUEUE).build())
        .start(head);
  }

  private static String id(String environment) {
    return EnvironmentWorkflow.id("inspector", environment);
  }

  private List<Hint> hints(String environment) {
    DataConverter converter = connection.client().getOptions().getDataConverter();
    return connection.client().fetchHistory(id(environment)).getEvents().stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
        .map(event -> event.getWorkflowExecutionSignaledEventAttributes().getInput())
        .map(input -> converter.fromPayloads(0, Optional.of(input), Hint.class, Hint.class))
        .toList();
  }

  /** As much of a ledger as the sweep asks. */
  @WorkflowInterface
  public interface Ledger {
    @WorkflowMethod(name = "EnvironmentWorkflow")
    void run(String head);

    @QueryMethod(name = "status")
    Map<String, Object> status();
  }

  /** A ledger that saw every branch end at one commit. */
  public static final class SeeingLedger implements Ledger {
    private String seen;

    @Override
    public void run(String head) {
      seen = head;
      Workflow.await(() -> false);
    }

    @Override
    public Map<String, Object> status() {
      Map<String, String> heads = Map.of("refs/heads/main", seen, "refs/heads/staging", seen);
      return Map.of("triggers", Map.of("seen", heads));
    }
  }
}
