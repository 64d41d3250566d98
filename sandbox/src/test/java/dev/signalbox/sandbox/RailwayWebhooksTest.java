package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RailwayWebhooksTest extends SandboxTest {
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private final List<String> signed = new CopyOnWriteArrayList<>();
  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestHeaders().keySet().stream()
              .filter(name -> name.toLowerCase(Locale.ROOT).contains("signature"))
              .forEach(signed::add);
          received.add(Client.JSON.readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stopListening() {
    receiver.stop(0);
  }

  private void hear(String... events) {
    client
        .ask(
            "mutation($i: CreateNotificationRuleInput!) { notificationRuleCreate(input: $i) {"
                + " id eventTypes channels { config } } }",
            Map.of(
                "i",
                Map.of(
                    "workspaceId",
                    "workspace",
                    "projectId",
                    sandbox.projectId(),
                    "eventTypes",
                    List.of(events),
                    "channelConfigs",
                    List.of(
                        Map.of(
                            "type",
                            "webhook",
                            "url",
                            "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook")))))
        .data();
  }

  private List<String> types() {
    return received.stream().map(payload -> payload.get("type").asText()).toList();
  }

  private String deployed() {
    String id = client.deploy("production", "backend", staged());
    client.await(id, "SUCCESS");
    return id;
  }

  private void awaitType(String type) {
    Eventually.see(this::types, seen -> seen.contains(type));
  }

  @Test
  void tellsEachStatusUnsigned() {
    hear();

    String id = deployed();

    awaitType("Deployment.success");
    JsonNode last =
        received.stream()
            .filter(p -> p.get("type").asText().equals("Deployment.success"))
            .findFirst()
            .orElseThrow();
    assertThat(types()).containsSubsequence("Deployment.building", "Deployment.deploying");
    assertThat(last.at("/resource/deployment/id").asText()).isEqualTo(id);
    assertThat(last.at("/resource/environment/name").asText()).isEqualTo("production");
    assertThat(last.at("/details/commitHash").asText()).isEqualTo(staged());
    assertThat(signed).isEmpty();
  }

  @Test
  void tellsOnlyWhatWasAskedFor() {
    hear("Deployment.failed");

    deployed();
    client.await(
        client.deploy("production", "backend", release("staging", "start = \"fail\"\n")), "FAILED");

    awaitType("Deployment.failed");
    assertThat(types()).containsOnly("Deployment.failed");
    assertThat(received.get(0).get("severity").asText()).isEqualTo("CRITICAL");
  }

  @Test
  void losesOneByAFault() {
    sandbox.faults().add(Faults.Rule.of("Deployment.building", Fault.LOSE));
    hear();

    deployed();

    awaitType("Deployment.success");
    assertThat(types()).doesNotContain("Deployment.building");
  }

  @Test
  void sendsOneTwiceByAFault() {
    sandbox.faults().add(Faults.Rule.of("Deployment.building", Fault.DUPLICATE));
    hear();

    deployed();

    awaitType("Deployment.success");
    assertThat(types().stream().filter("Deployment.building"::equals)).hasSize(2);
  }

  @Test
  void sendsOneAfterTheNextByAFault() {
    sandbox.faults().add(Faults.Rule.of("Deployment.building", Fault.REORDER));
    hear();

    deployed();

    awaitType("Deployment.success");
    assertThat(types()).containsSubsequence("Deployment.deploying", "Deployment.building");
  }
}
