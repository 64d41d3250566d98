package dev.signalbox.starter.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Railway's webhooks. Railway signs nothing, so only who knows the path is heard, and what is heard
 * is never believed: it leads to a look, one for each deployment in ten seconds at the most.
 */
final class RailwayDoor implements GatewayDoor {
  private static final String NAME = "railway";
  private static final String SHA = "[0-9a-f]{40}";
  private static final String ID = "[A-Za-z0-9-]{1,64}";
  private static final Duration APART = Duration.ofSeconds(10);
  private static final int REMEMBERED = 1000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Secret path;
  private final String project;
  private final List<String> environments;
  private final Courier courier;
  private final ScheduledExecutorService clock;
  private final LongSupplier nanos;
  private final Answers answers;

  /** By deployment: when it may be looked at again. */
  private final Map<String, Long> next = Newest.byArrival(REMEMBERED);

  RailwayDoor(
      Secret path,
      String project,
      List<String> environments,
      Courier courier,
      ScheduledExecutorService clock,
      LongSupplier nanos,
      Tally tally) {
    this.path = path;
    this.project = project;
    this.environments = List.copyOf(environments);
    this.courier = courier;
    this.clock = clock;
    this.nanos = nanos;
    this.answers = new Answers(NAME, tally);
  }

  @Override
  public void open(RoutesConfig routes) {
    routes.post("/webhooks/railway/{secret}", this::told);
  }

  private void told(Context context) {
    boolean known =
        MessageDigest.isEqual(
            path.value().getBytes(StandardCharsets.UTF_8),
            context.pathParam("secret").getBytes(StandardCharsets.UTF_8));
    if (!known) {
      answers.refuse(context, 404, "Not Found");
      return;
    }
    JsonNode payload;
    try {
      payload = JSON.readTree(context.bodyAsBytes());
    } catch (IOException malformed) {
      answers.refuse(context, 400, "the body is no JSON");
      return;
    }
    String deployment = payload.path("resource").path("deployment").path("id").asText("");
    String commit = payload.path("details").path("commitHash").asText("");
    if (!deployment.matches(ID) || !commit.matches(SHA)) {
      answers.answer(context, Outcome.IGNORED, 202, "nothing to do");
      return;
    }
    take(context, deployment, commit);
  }

  private void take(Context context, String deployment, String commit) {
    long wait = untilNextLook(deployment);
    if (wait == 0 && !carry(commit)) {
      answers.unavailable(context, "the engine did not take it");
      return;
    }
    if (wait > 0) {
      // What the engine does not take then, the next poll finds.
      var unused = clock.schedule(() -> carry(commit), wait, TimeUnit.NANOSECONDS);
    }
    // Negative: a look is waited for already that comes later than this piece of news.
    answers.answer(context, Outcome.TAKEN, 202, "taken");
  }

  /** Nanoseconds; 0 = now, negative = one is waited for that comes after this. */
  private synchronized long untilNextLook(String deployment) {
    long now = nanos.getAsLong();
    Long allowed = next.get(deployment);
    if (allowed == null || allowed <= now) {
      next.put(deployment, now + APART.toNanos());
      return 0;
    }
    if (allowed - now > APART.toNanos()) {
      return -1;
    }
    next.put(deployment, allowed + APART.toNanos());
    return allowed - now;
  }

  private boolean carry(String commit) {
    return courier.carry(
        new Hint(NAME, UUID.randomUUID().toString(), "deployment", commit),
        environments.stream()
            .flatMap(
                environment ->
                    Stream.of(
                        PromotionWorkflow.id(project, environment, commit),
                        MigrateAndDeployWorkflow.id(project, environment)))
            .toList());
  }
}
