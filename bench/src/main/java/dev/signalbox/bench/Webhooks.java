package dev.signalbox.bench;

import dev.signalbox.starter.gateway.GatewayDoors;
import dev.signalbox.starter.gateway.GatewayServer;
import dev.signalbox.starter.gateway.GatewaySettings;
import dev.signalbox.workers.Metrics;
import dev.signalbox.workers.config.Env;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.hint.Hint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * From a signed delivery of GitHub's to the gateway's answer, which comes once the engine has taken
 * the news, beside the bare signals that it answers after.
 */
final class Webhooks {
  private static final String SECRET = "between the two of us";
  private static final int FIRST = 20;
  private static final byte[] BODY =
      """
      {"ref": "refs/heads/staging", "after": "%s", "repository": {"id": 1}}
      """
          .formatted("a".repeat(40))
          .getBytes(StandardCharsets.UTF_8);

  private final Site site;
  private final List<String> environments;
  private final int deliveries;
  private final HttpClient http = HttpClient.newHttpClient();

  Webhooks(Site site, List<String> environments, int deliveries) {
    this.site = site;
    this.environments = environments;
    this.deliveries = deliveries;
  }

  List<Result> measure() throws IOException, InterruptedException, GeneralSecurityException {
    GatewaySettings settings =
        GatewaySettings.read(
            new Env(
                Map.of(
                    "GITHUB_TOKEN",
                    site.sandbox().githubToken(),
                    "SIGNALBOX_GITHUB_URL",
                    site.sandbox().githubUrl(),
                    "SIGNALBOX_GITHUB_WEBHOOK_SECRET",
                    SECRET,
                    "SIGNALBOX_GATEWAY_KEY",
                    "the-key-of-the-gateway")),
            site.directory());
    List<Double> answered = new ArrayList<>();
    List<Double> signalled = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    try (Metrics metrics = new Metrics();
        GatewayServer gateway =
            GatewayDoors.open(settings, "127.0.0.1", 0, site.connection(), metrics, null)) {
      URI door = URI.create(gateway.url() + "/webhooks/github");
      for (int n = -FIRST; n < deliveries; n++) {
        double signals = signals("bare-" + n);
        double answer = delivery(door, "delivery-" + n);
        if (n >= 0) {
          signalled.add(signals);
          answered.add(answer);
          ratios.add(answer / signals);
        }
      }
    }
    String engine = site.engine().name();
    String each = " to " + environments.size() + " environments";
    return List.of(
        Result.of("a push by webhook" + each + ", until its answer", engine, "ms", answered),
        Result.of("the bare signals" + each + ", one after another", engine, "ms", signalled),
        Result.of("the same, ratio", engine, "ratio", ratios));
  }

  private double delivery(URI door, String id)
      throws IOException, InterruptedException, GeneralSecurityException {
    HttpRequest request =
        HttpRequest.newBuilder(door)
            .header("Content-Type", "application/json")
            .header("X-GitHub-Event", "push")
            .header("X-GitHub-Delivery", id)
            .header("X-Hub-Signature-256", "sha256=" + signature())
            .POST(BodyPublishers.ofByteArray(BODY))
            .build();
    Instant began = Instant.now();
    int status = http.send(request, BodyHandlers.discarding()).statusCode();
    double took = Site.seconds(began, Instant.now()) * 1000;
    if (status / 100 != 2) {
      throw new IllegalStateException("the gateway answered a delivery with " + status);
    }
    return took;
  }

  private double signals(String id) {
    Instant began = Instant.now();
    for (String environment : environments) {
      site.temporal()
          .newUntypedWorkflowStub(EnvironmentWorkflow.id(Site.PROJECT, environment))
          .signal("hint", new Hint("github", id, "push", "refs/heads/staging"));
    }
    return Site.seconds(began, Instant.now()) * 1000;
  }

  private static String signature() throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(BODY));
  }
}
