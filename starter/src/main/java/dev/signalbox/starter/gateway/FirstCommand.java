package dev.signalbox.starter.gateway;

import dev.signalbox.activities.http.Secret;
import dev.signalbox.workers.Metrics;
import dev.signalbox.workflows.policy.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says one command at Slack's door of a server of its own, before anybody else can: on a busy
 * machine the first request of a process takes longer than the three seconds that Slack gives. It
 * is signed by a secret of its own, goes to the engine without being kept there, and is counted
 * nowhere.
 */
final class FirstCommand {
  private static final Logger log = LoggerFactory.getLogger(FirstCommand.class);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final String TEAM = "T0";
  private static final String USER = "U0";

  private final String project;
  private final SlackPlace place;
  private final Keeper reach;
  private final Optional<Secret> key;
  private final Clock clock;

  /**
   * @param reach goes the way to the engine, and keeps nothing
   */
  FirstCommand(String project, SlackPlace place, Keeper reach, Optional<Secret> key, Clock clock) {
    this.project = project;
    this.place = place;
    this.reach = reach;
    this.key = key;
    this.clock = clock;
  }

  /**
   * Returns the answer's status; empty where there is none, which keeps no gateway from opening.
   */
  Optional<Integer> say() {
    SigningSecret secret = new SigningSecret(UUID.randomUUID().toString());
    try (Metrics unseen = new Metrics();
        GatewayServer server =
            GatewayServer.start(
                "127.0.0.1", 0, Limits.DEFAULTS, List.of(door(secret, unseen)), unseen)) {
      HttpRequest request = request(URI.create(server.url() + SlackDoor.COMMANDS), secret);
      return Optional.of(
          HttpClient.newHttpClient()
              .send(request, HttpResponse.BodyHandlers.discarding())
              .statusCode());
    } catch (IOException | RuntimeException failure) {
      log.info("the first command will take longer: {}", failure.toString());
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private GatewayDoor door(SigningSecret secret, Metrics metrics) {
    Person person = new Person("nobody", "nobody", null, USER, null, null);
    return new SlackDoor(
        new SlackSignature(secret, clock),
        () -> CompletableFuture.completedFuture(TEAM),
        List.of(person),
        new SlackDesk(project, null, place, reach, key, Runnable::run, LONGEST),
        new Tally(metrics.registry()));
  }

  private HttpRequest request(URI uri, SigningSecret secret) {
    String body =
        "command=%2Fsignalbox&text=status&team_id=" + TEAM + "&user_id=" + USER + "&trigger_id=1";
    String now = Long.toString(Instant.now(clock).getEpochSecond());
    byte[] signed = ("v0:" + now + ":" + body).getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(uri)
        .timeout(LONGEST)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header(SlackSignature.TIMESTAMP, now)
        .header(SlackSignature.HEADER, "v0=" + secret.sign(signed))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
