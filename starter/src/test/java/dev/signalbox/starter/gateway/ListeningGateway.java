package dev.signalbox.starter.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.activities.http.Secret;
import dev.signalbox.starter.engine.InProcessEngine;
import dev.signalbox.starter.gateway.ApiClients.ApiClient;
import dev.signalbox.workers.Metrics;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.hint.Hint;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.converter.DataConverter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A gateway on an engine without a worker: what the engine took stays in its histories. */
final class ListeningGateway implements AutoCloseable {
  static final SigningSecret SECRET = new SigningSecret("It's a Secret to Everybody");
  static final String RAILWAY_PATH = "path-of-railway";
  static final ApiClient VIEWER =
      new ApiClient("viewer", new Secret("viewer-token"), Set.of("view"), Optional.empty());
  static final ApiClient BOT =
      new ApiClient(
          "bot",
          new Secret("bot-token"),
          Set.of("view", "request", "approve-as"),
          Optional.of(new SigningSecret("bot-identity")));
  static final ApiClient NAMESAKE =
      new ApiClient("bot-m", new Secret("namesake-token"), Set.of("view"), Optional.empty());
  static final ApiClient GUARD =
      new ApiClient(
          "guard",
          new Secret("guard-token"),
          Set.of("override"),
          Optional.of(new SigningSecret("bot-identity")));
  private static final Duration LONGEST = Duration.ofMinutes(1);
  static final String SHA = "5".repeat(40);

  private static final String FILE =
      """
      [project]
      name = "inspector"
      github = "acme/inspector"
      railway = "r1"
      [services.web]
      health = "/"
      [environments.staging]
      branch = "staging"
      [environments.production]
      branch = "main"
      from = "staging"
      [previews]
      base = "staging"
      """;

  private final InProcessEngine engine = InProcessEngine.start();
  private final EngineConnection connection =
      EngineConnection.open(EngineAddress.local(engine.address(), "default", "a test"));
  private final Metrics metrics = new Metrics();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final GatewayWork work = new GatewayWork();
  private final GatewayServer server;

  ListeningGateway(Limits limits) {
    this(limits, null);
  }

  ListeningGateway(Limits limits, Commands commands) {
    PipelineFile pipelines = PipelineFile.parse("signalbox.toml", FILE).orThrow();
    server =
        GatewayServer.start(
            "127.0.0.1",
            0,
            limits,
            new GatewayDoors(
                    new GatewaySettings(
                        pipelines,
                        Optional.of(SECRET),
                        URI.create("http://127.0.0.1:1"),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.of(new Secret(RAILWAY_PATH)),
                        List.of(VIEWER, BOT, NAMESAKE, GUARD),
                        Optional.empty()),
                    connection,
                    metrics,
                    commands,
                    work)
                .list(),
            metrics);
  }

  /** A run of this id, which nobody carries out. */
  void run(String workflowId) {
    connection
        .client()
        .newUntypedWorkflowStub(
            "PromotionWorkflow",
            WorkflowOptions.newBuilder().setWorkflowId(workflowId).setTaskQueue("nobody").build())
        .start();
  }

  /** What the engine has been given for a run, in its order. */
  List<Hint> hints(String workflowId) {
    DataConverter converter = connection.client().getOptions().getDataConverter();
    return connection.client().fetchHistory(workflowId).getEvents().stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
        .map(event -> event.getWorkflowExecutionSignaledEventAttributes().getInput())
        .map(input -> converter.fromPayloads(0, Optional.of(input), Hint.class, Hint.class))
        .toList();
  }

  /** Whether there is, or was, a run of this id. */
  boolean knows(String workflowId) {
    try {
      return connection.client().newUntypedWorkflowStub(workflowId).describe() != null;
    } catch (WorkflowNotFoundException unknown) {
      return false;
    }
  }

  void stopEngine() {
    engine.close();
  }

  String url() {
    return server.url();
  }

  int port() {
    return URI.create(url()).getPort();
  }

  static String checkRun(String sha) {
    return """
    {"action": "completed", "check_run": {"head_sha": "%s", "conclusion": "success"},
     "repository": {"full_name": "Acme/inspector"}}
    """
        .formatted(sha);
  }

  static Map<String, String> headers(String event, String delivery, String body) {
    return Map.of(
        "Content-Type",
        "application/json",
        "X-GitHub-Event",
        event,
        "X-GitHub-Delivery",
        delivery,
        GitHubSignature.HEADER,
        "sha256=" + SECRET.sign(body.getBytes(UTF_8)));
  }

  HttpResponse<String> deliver(String event, String delivery, String body) {
    return post(GitHubDoor.PATH, headers(event, delivery, body), body);
  }

  HttpResponse<String> post(String path, Map<String, String> headers, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .timeout(LONGEST)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return send(request.build());
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url() + path)).build());
  }

  /** The answer comes in its own time. */
  CompletableFuture<HttpResponse<String>> later(HttpRequest request) {
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    server.close();
    work.close();
    connection.close();
    engine.close();
    metrics.close();
  }
}
