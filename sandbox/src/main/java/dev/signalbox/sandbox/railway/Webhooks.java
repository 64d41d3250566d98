package dev.signalbox.sandbox.railway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.sandbox.Deliveries;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Railway's webhooks: each change of a deployment's status is posted once, as JSON, without a
 * signature and without a second try (docs, "Webhooks"; neither is documented there).
 */
final class Webhooks {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final World world;
  private volatile Optional<Deliveries> deliveries = Optional.empty();

  Webhooks(World world) {
    this.world = world;
    world.history().watch(this::changed);
  }

  void sendBy(Deliveries sender) {
    deliveries = Optional.of(sender);
  }

  /** Of the whole workspace. */
  List<NotificationRule> rules() {
    return world.workspace().notificationRules();
  }

  private void changed(State before, State after) {
    if (rules().isEmpty() || before.deployments().equals(after.deployments())) {
      return;
    }
    for (Deployment deployment : after.deployments()) {
      boolean same =
          before
              .deployment(deployment.id())
              .filter(d -> d.status() == deployment.status())
              .isPresent();
      if (!same) {
        after
            .environmentNamed(deployment.environment())
            .ifPresent(environment -> announce(after, environment, deployment));
      }
    }
  }

  private void announce(State state, Environment environment, Deployment deployment) {
    String event = event(deployment.status());
    String body = text(payload(event, state, environment, deployment));
    for (NotificationRule rule : rules()) {
      if (rule.isOf(world.projectId()) && rule.wants(event, environment)) {
        rule.urls()
            .forEach(url -> deliveries.ifPresent(by -> by.send(event, () -> post(url, body))));
      }
    }
  }

  static String event(Status status) {
    return "Deployment." + status.name().toLowerCase(Locale.ROOT);
  }

  /** Gives the status, or 0 when nobody answered. */
  int post(String url, String body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(LONGEST)
              .header("Content-Type", "application/json")
              .header("User-Agent", "Railway-Webhook/sandbox")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      return world.client().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException | IllegalArgumentException unreachable) {
      return 0;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private Map<String, Object> payload(
      String event, State state, Environment environment, Deployment deployment) {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("workspace", named(Account.WORKSPACE_ID, Account.WORKSPACE));
    resource.put("project", named(world.projectId(), state.project().name()));
    resource.put(
        "environment",
        Map.of(
            "id",
            environment.id(),
            "name",
            environment.name(),
            "isEphemeral",
            environment.ephemeral()));
    resource.put("service", named(world.serviceId(deployment.service()), deployment.service()));
    resource.put("deployment", Map.of("id", deployment.id()));
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("id", deployment.id());
    details.put("source", "GitHub");
    details.put("status", deployment.status().name());
    details.put("branch", deployment.branch());
    details.put("commitHash", deployment.commit());
    details.put("commitAuthor", deployment.origin().author());
    details.put("commitMessage", deployment.origin().message());
    boolean bad = deployment.status() == Status.FAILED || deployment.status() == Status.CRASHED;
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("type", event);
    payload.put("severity", bad ? "CRITICAL" : "INFO");
    payload.put("timestamp", deployment.statusUpdatedAt().toString());
    payload.put("resource", resource);
    payload.put("details", details);
    return payload;
  }

  private static Map<String, String> named(String id, String name) {
    return Map.of("id", id, "name", name);
  }

  private static String text(Map<String, Object> payload) {
    try {
      return JSON.writeValueAsString(payload);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
