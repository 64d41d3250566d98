package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.starter.gateway.GatewayDoors;
import dev.signalbox.starter.gateway.GatewayServer;
import dev.signalbox.starter.gateway.GatewaySettings;
import dev.signalbox.workers.Metrics;
import dev.signalbox.workers.config.Env;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GitHub's webhooks, through a gateway, to the runs; nobody would look again for ten minutes. */
final class WebhookTest {
  private static final String SECRET = "between the two of us";
  private static final String CHECK = "slow-ci";

  private House house;
  private Metrics metrics;
  private EngineConnection engine;
  private GatewaySettings settings;
  private GatewayServer gateway;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    house =
        House.at(directory)
            .configured(
                toml ->
                    PolicyText.with(toml, House.PRODUCTION, "checks", "[\"" + CHECK + "\"]")
                        .replace(
                            "from = \"staging\"", "from = \"staging\"\nauto = { on = [\"push\"] }")
                        .replaceAll("(?m)^poll = .*", "poll = \"10m\""))
            .open();
    Map<String, String> variables = new HashMap<>(house.environment());
    variables.put("SIGNALBOX_GITHUB_WEBHOOK_SECRET", SECRET);
    variables.put("SIGNALBOX_GATEWAY_KEY", "the-key-of-the-gateway");
    metrics = new Metrics();
    engine = EngineConnection.open(EngineAddress.local(house.engineAddress(), "default", "a test"));
    settings = GatewaySettings.read(new Env(variables), directory);
    gateway = gateway(0);
    hook();
  }

  private GatewayServer gateway(int port) {
    return GatewayDoors.open(settings, "127.0.0.1", port, engine, metrics, null);
  }

  private void hook() throws Exception {
    String body =
        """
        {"name": "web", "active": true, "events": ["check_run", "push"],
         "config": {"url": "%s/webhooks/github", "content_type": "json", "secret": "%s"}}
        """
            .formatted(gateway.url(), SECRET);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    house.sandbox().githubUrl()
                        + "/repos/"
                        + house.sandbox().repositoryName()
                        + "/hooks"))
            .header("Authorization", "Bearer " + house.sandbox().githubToken())
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(201);
  }

  @AfterEach
  void close() {
    gateway.close();
    engine.close();
    metrics.close();
    house.close();
  }

  @Test
  void aPushWhileTheGatewayIsAwayStartsThePromotionAndAGreenCheckWakesIt() {
    int port = URI.create(gateway.url()).getPort();
    gateway.close();
    String revision = house.releaseOnStaging();
    gateway = gateway(port);
    String id = PromotionWorkflow.id(House.PROJECT, House.PRODUCTION, revision);
    house.await(id, status -> status.unmet().stream().anyMatch(WebhookTest::isTheCheck));

    house.sandbox().github().completeCheck(revision, CHECK, "success");

    assertThat(house.awaitApproval(id).digest()).isNotBlank();
  }

  private static boolean isTheCheck(PromotionStatus.Unmet unmet) {
    return unmet.condition().contains(CHECK);
  }
}
