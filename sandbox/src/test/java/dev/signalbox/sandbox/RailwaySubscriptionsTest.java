package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RailwaySubscriptionsTest extends SandboxTest {
  private static final String DEPLOYMENT =
      "subscription Deployment($id: String!) { deployment(id: $id) { id status snapshotId } }";

  private final Subscriber subscriber = new Subscriber();

  @AfterEach
  void hangUp() {
    subscriber.close();
  }

  private void connect(String token) {
    subscriber.connect(sandbox, "Authorization", "Bearer " + token);
  }

  private void begin() {
    subscriber.begin(sandbox, "Authorization", "Bearer " + sandbox.railwayToken());
  }

  @Test
  void tellsEveryStatusOfADeploymentInOrder() {
    begin();
    String id = client.deploy("production", "backend", release("staging", SLOW));

    subscriber.subscribe("1", DEPLOYMENT, Map.of("id", id));

    List<String> seen = new ArrayList<>();
    subscriber.until(
        message -> {
          assertThat(message.get("id").asText()).isEqualTo("1");
          assertThat(message.get("type").asText()).isEqualTo("next");
          seen.add(message.at("/payload/data/deployment/status").asText());
          return seen.contains("SUCCESS");
        });
    assertThat(seen).containsSubsequence("BUILDING", "DEPLOYING", "SUCCESS");
    assertThat(subscriber.protocol()).isEqualTo("graphql-transport-ws");
  }

  @Test
  void beginsWithWhatIsSoAlready() {
    begin();
    String id = client.activeId("production", "backend");

    subscriber.subscribe("now", DEPLOYMENT, Map.of("id", id));

    assertThat(subscriber.next().at("/payload/data/deployment/status").asText())
        .isEqualTo("SUCCESS");
  }

  @Test
  void tellsTheStepsAndWhatFailed() {
    begin();
    String id = client.deploy("production", "backend", release("staging", "build = \"fail\"\n"));

    subscriber.subscribe(
        "e",
        "subscription($id: String!) { deploymentEvents(id: $id) {"
            + " id step completedAt payload { error } } }",
        Map.of("id", id));

    JsonNode failed =
        subscriber
            .until(m -> m.at("/payload/data/deploymentEvents/payload/error").isTextual())
            .at("/payload/data/deploymentEvents");
    assertThat(failed.get("step").asText()).isEqualTo("BUILD_IMAGE");
    assertThat(failed.at("/payload/error").asText()).isEqualTo("Build failed");
  }

  @Test
  void tellsTheLinesOfTheRunningProcess() {
    begin();
    String id = client.activeId("production", "backend");
    subscriber.subscribe(
        "log",
        "subscription($id: String!) { deploymentLogs(deploymentId: $id) { message timestamp } }",
        Map.of("id", id));
    assertThat(subscriber.next().at("/payload/data/deploymentLogs/0/message").asText())
        .startsWith("Listening");

    client.get(sandbox.serviceUrl("production", "backend") + "/heard");

    assertThat(subscriber.next().at("/payload/data/deploymentLogs/0/message").asText())
        .isEqualTo("GET /heard 200");
  }

  @Test
  void fallsSilentWhenTheClientHasEnough() {
    begin();
    String id = client.activeId("production", "backend");
    subscriber.subscribe("1", DEPLOYMENT, Map.of("id", id));
    subscriber.next();

    subscriber.say(Map.of("id", "1", "type", "complete"));
    subscriber.say(Map.of("type", "ping"));
    assertThat(subscriber.next().get("type").asText()).isEqualTo("pong");
    client.await(client.deploy("production", "backend", staged()), "SUCCESS");

    subscriber.say(Map.of("type", "ping"));
    assertThat(subscriber.next().get("type").asText()).isEqualTo("pong");
  }

  @Test
  void saysWhatIsWrongAndGoesOn() {
    begin();

    subscriber.subscribe("1", DEPLOYMENT, Map.of("id", "nothing"));
    JsonNode unknown = subscriber.next();
    subscriber.subscribe("2", "subscription { nonsense }", Map.of());
    JsonNode wrong = subscriber.next();

    assertThat(unknown.get("type").asText()).isEqualTo("error");
    assertThat(unknown.at("/payload/0/message").asText()).isEqualTo("Deployment not found");
    assertThat(wrong.at("/payload/0/extensions/code").asText())
        .isEqualTo("GRAPHQL_VALIDATION_FAILED");
  }

  @Test
  void refusesAWrongToken() {
    connect("wrong");
    subscriber.say(Map.of("type", "connection_init"));
    subscriber.next();

    subscriber.subscribe("1", DEPLOYMENT, Map.of("id", client.activeId("production", "backend")));

    assertThat(subscriber.next().at("/payload/0/message").asText()).isEqualTo("Not Authorized");
  }

  @Test
  void closesAsTheProtocolSays() {
    connect(sandbox.railwayToken());

    subscriber.subscribe("1", DEPLOYMENT, Map.of("id", "any"));

    assertThat(subscriber.next().get("code").asInt()).isEqualTo(4401);
  }

  @Test
  void answersQueriesToo() {
    begin();

    subscriber.subscribe("q", "{ me { name } }", Map.of());

    assertThat(subscriber.next().at("/payload/data/me/name").asText()).isEqualTo("Sandbox user");
    assertThat(subscriber.next().get("type").asText()).isEqualTo("complete");
  }

  @Test
  void isJournaledOnceAndCutByAFault() {
    sandbox.faults().add(Faults.Rule.of("subscription:deployment", Fault.RESET_BEFORE));
    begin();
    String id = sandbox.railway().active("production", "backend").orElseThrow().id();

    subscriber.subscribe("1", DEPLOYMENT, Map.of("id", id));

    assertThat(subscriber.until(m -> !m.get("type").asText().equals("next")).get("type").asText())
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

    subscriber.subscribe("1", DEPLOYMENT, Map.of("id", client.activeId("production", "backend")));

    assertThat(subscriber.next().get("type").asText()).isEqualTo("next");
    assertThat(subscriber.next().get("type").asText()).isIn("failed", "closed");
  }
}
