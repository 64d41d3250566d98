package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RailwaySubscriptionsTest extends SandboxTest {
  private static final String DEPLOYMENT =
      "subscription Deployment($id: String!) { deployment(id: $id) { id status snapshotId } }";

  private final OkHttpClient http = new OkHttpClient();
  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  private WebSocket socket;
  private volatile String protocol;

  @AfterEach
  void hangUp() {
    if (socket != null) {
      socket.cancel();
    }
    http.dispatcher().executorService().shutdownNow();
  }

  private void connect(String token) {
    String address = readyLine().at("/railway/ws").asText();
    Request request =
        new Request.Builder()
            .url(address)
            .header("Sec-WebSocket-Protocol", "graphql-transport-ws")
            .header("Authorization", "Bearer " + token)
            .header("User-Agent", "test-client 1.0")
            .build();
    socket = http.newWebSocket(request, new Listener());
  }

  private JsonNode readyLine() {
    return json(sandbox.readyLine());
  }

  private static JsonNode json(String text) {
    try {
      return Client.JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What comes, and how it ends: as a message of the type closed, or failed. */
  private final class Listener extends WebSocketListener {
    @Override
    public void onOpen(WebSocket open, Response response) {
      protocol = response.header("Sec-WebSocket-Protocol");
    }

    @Override
    public void onMessage(WebSocket open, String text) {
      heard.add(json(text));
    }

    @Override
    public void onClosing(WebSocket closing, int code, String reason) {
      heard.add(json("{\"type\":\"closed\",\"code\":" + code + "}"));
    }

    @Override
    public void onFailure(WebSocket failed, Throwable cause, Response response) {
      heard.add(json("{\"type\":\"failed\"}"));
    }
  }

  private void begin() {
    connect(sandbox.railwayToken());
    say(Map.of("type", "connection_init"));
    assertThat(next().get("type").asText()).isEqualTo("connection_ack");
  }

  private void say(Object message) {
    try {
      socket.send(Client.JSON.writeValueAsString(message));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void subscribe(String id, String query, Map<String, ?> variables) {
    say(
        Map.of(
            "id",
            id,
            "type",
            "subscribe",
            "payload",
            Map.of("query", query, "variables", variables)));
  }

  private JsonNode next() {
    try {
      JsonNode message = heard.poll(8, TimeUnit.SECONDS);
      assertThat(message).as("a message within 8 seconds").isNotNull();
      return message;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode until(Predicate<JsonNode> wanted) {
    JsonNode message = next();
    while (!wanted.test(message)) {
      message = next();
    }
    return message;
  }

  @Test
  void tellsEveryStatusOfADeploymentInOrder() {
    begin();
    String id = client.deploy("production", "backend", staged());

    subscribe("1", DEPLOYMENT, Map.of("id", id));

    List<String> seen = new ArrayList<>();
    until(
        message -> {
          assertThat(message.get("id").asText()).isEqualTo("1");
          assertThat(message.get("type").asText()).isEqualTo("next");
          seen.add(message.at("/payload/data/deployment/status").asText());
          return seen.contains("SUCCESS");
        });
    assertThat(seen).containsSubsequence("BUILDING", "DEPLOYING", "SUCCESS");
    assertThat(protocol).isEqualTo("graphql-transport-ws");
  }

  @Test
  void beginsWithWhatIsSoAlready() {
    begin();
    String id = client.activeId("production", "backend");

    subscribe("now", DEPLOYMENT, Map.of("id", id));

    assertThat(next().at("/payload/data/deployment/status").asText()).isEqualTo("SUCCESS");
  }

  @Test
  void tellsTheStepsAndWhatFailed() {
    begin();
    String id = client.deploy("production", "backend", release("staging", "build = \"fail\"\n"));

    subscribe(
        "e",
        "subscription($id: String!) { deploymentEvents(id: $id) {"
            + " id step completedAt payload { error } } }",
        Map.of("id", id));

    JsonNode failed =
        until(m -> m.at("/payload/data/deploymentEvents/payload/error").isTextual())
            .at("/payload/data/deploymentEvents");
    assertThat(failed.get("step").asText()).isEqualTo("BUILD_IMAGE");
    assertThat(failed.at("/payload/error").asText()).isEqualTo("Build failed");
  }

  @Test
  void tellsTheLinesOfTheRunningProcess() {
    begin();
    String id = client.activeId("production", "backend");
    subscribe(
        "log",
        "subscription($id: String!) { deploymentLogs(deploymentId: $id) { message timestamp } }",
        Map.of("id", id));
    assertThat(next().at("/payload/data/deploymentLogs/0/message").asText())
        .startsWith("Listening");

    client.get(sandbox.serviceUrl("production", "backend") + "/heard");

    assertThat(next().at("/payload/data/deploymentLogs/0/message").asText())
        .isEqualTo("GET /heard 200");
  }

  @Test
  void fallsSilentWhenTheClientHasEnough() {
    begin();
    String id = client.activeId("production", "backend");
    subscribe("1", DEPLOYMENT, Map.of("id", id));
    next();

    say(Map.of("id", "1", "type", "complete"));
    say(Map.of("type", "ping"));
    assertThat(next().get("type").asText()).isEqualTo("pong");
    client.await(client.deploy("production", "backend", staged()), "SUCCESS");

    say(Map.of("type", "ping"));
    assertThat(next().get("type").asText()).isEqualTo("pong");
  }

  @Test
  void saysWhatIsWrongAndGoesOn() {
    begin();

    subscribe("1", DEPLOYMENT, Map.of("id", "nothing"));
    JsonNode unknown = next();
    subscribe("2", "subscription { nonsense }", Map.of());
    JsonNode wrong = next();

    assertThat(unknown.get("type").asText()).isEqualTo("error");
    assertThat(unknown.at("/payload/0/message").asText()).isEqualTo("Deployment not found");
    assertThat(wrong.at("/payload/0/extensions/code").asText())
        .isEqualTo("GRAPHQL_VALIDATION_FAILED");
  }

  @Test
  void refusesAWrongToken() {
    connect("wrong");
    say(Map.of("type", "connection_init"));
    next();

    subscribe("1", DEPLOYMENT, Map.of("id", client.activeId("production", "backend")));

    assertThat(next().at("/payload/0/message").asText()).isEqualTo("Not Authorized");
  }

  @Test
  void closesAsTheProtocolSays() {
    connect(sandbox.railwayToken());

    subscribe("1", DEPLOYMENT, Map.of("id", "any"));

    assertThat(next().get("code").asInt()).isEqualTo(4401);
  }

  @Test
  void answersQueriesToo() {
    begin();

    subscribe("q", "{ me { name } }", Map.of());

    assertThat(next().at("/payload/data/me/name").asText()).isEqualTo("Sandbox user");
    assertThat(next().get("type").asText()).isEqualTo("complete");
  }

  @Test
  void isJournaledOnceAndCutByAFault() {
    sandbox.faults().add(Faults.Rule.of("subscription:deployment", Fault.RESET_BEFORE));
    begin();
    String id = sandbox.railway().active("production", "backend").orElseThrow().id();

    subscribe("1", DEPLOYMENT, Map.of("id", id));

    assertThat(until(m -> !m.get("type").asText().equals("next")).get("type").asText())
        .isIn("failed", "closed");
    assertThat(sandbox.journal().entries()).hasSize(1);
    Journal.Entry entry = sandbox.journal().entries().get(0);
    assertThat(entry.operation()).isEqualTo("subscription:deployment");
    assertThat(entry.caller()).isEqualTo("test-client");
    assertThat(entry.target()).isEqualTo(new Target("production", "backend", null, id));
    assertThat(entry.fault()).isEqualTo("reset-before");
  }

  @Test
  void isCutAfterTheFirstAnswer() {
    sandbox.faults().add(Faults.Rule.of("subscription:deployment", Fault.RESET_AFTER));
    begin();

    subscribe("1", DEPLOYMENT, Map.of("id", client.activeId("production", "backend")));

    assertThat(next().get("type").asText()).isEqualTo("next");
    assertThat(next().get("type").asText()).isIn("failed", "closed");
  }
}
