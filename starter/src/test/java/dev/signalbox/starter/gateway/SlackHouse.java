package dev.signalbox.starter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.notify.SlackClient;
import dev.signalbox.sandbox.Door;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.sandbox.Journal;
import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.SlackSettings;
import dev.signalbox.sandbox.slack.FakeSlack;
import dev.signalbox.starter.Sender;
import dev.signalbox.workers.Metrics;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.spoken.SpokenWords;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A Slack, and a gateway whose commands answer what they are told. */
final class SlackHouse implements AutoCloseable, Commands {
  static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  static final String TOKEN = "xoxb-sandbox";

  final List<Sender> senders = new CopyOnWriteArrayList<>();
  final List<SpokenWords> kept = new CopyOnWriteArrayList<>();
  final SlackPlace place;

  /** Of a gateway that was started later. */
  final SlackPlace anotherPlace;

  final List<List<String>> ran = new CopyOnWriteArrayList<>();
  private final FakeSlack slack;
  private final Javalin server;
  private final Metrics metrics = new Metrics();
  private final ExecutorService work = Executors.newCachedThreadPool();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final GatewayServer gateway;
  private Function<List<String>, Said> answer = words -> new Said(0, "done\n", "", null);

  SlackHouse(Duration inTime) {
    SandboxClock now = new SandboxClock();
    slack =
        new FakeSlack(
            new Door("slack", new Journal(), new Faults(), now),
            now,
            TOKEN,
            SECRET,
            SlackSettings.NONE);
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.jetty.host = "127.0.0.1";
                  slack.register(config.routes);
                })
            .start(0);
    slack.servedAt(slackUrl());
    URI web = URI.create(slackUrl() + "/slack");
    SlackClient client =
        new SlackClient(web, "SLACK_BOT_TOKEN", new Secret(TOKEN), Clock.systemUTC());
    place = new SlackPlace(client, Clock.systemUTC());
    anotherPlace = new SlackPlace(client, Clock.systemUTC());
    SlackDesk desk =
        new SlackDesk(
            client,
            web,
            this,
            new SlackVerdicts("inspector", place, kept::add, Clock.systemUTC()),
            Optional.empty(),
            work,
            inTime);
    SlackDoor door =
        new SlackDoor(
            new SlackSignature(new SigningSecret(SECRET), Clock.systemUTC()),
            client::team,
            List.of(new Person("ana", "release", "ana-dev", FakeSlack.ANA, null)),
            desk,
            new Tally(metrics.registry()));
    gateway = GatewayServer.start("127.0.0.1", 0, Limits.DEFAULTS, List.of(door), metrics);
    slack.sendTo(
        new SlackSettings(
            gateway.url() + SlackDoor.COMMANDS, gateway.url() + SlackDoor.INTERACTIONS));
  }

  private String slackUrl() {
    return "http://127.0.0.1:" + server.port();
  }

  void commandsAnswer(Function<List<String>, Said> how) {
    answer = how;
  }

  @Override
  public Said run(Sender sender, List<String> words, boolean json) {
    senders.add(sender);
    ran.add(words);
    return answer.apply(words);
  }

  @Override
  public Optional<String> promotionOf(String revision) {
    return Optional.empty();
  }

  @Override
  public String verdict(LeftDecision decision) {
    return null;
  }

  /** Commands, presses, submits; single quotes stand for double ones. */
  JsonNode person(String does, String json) {
    return post(slackUrl() + "/_sandbox/slack/" + does, json.replace('\'', '"'), Map.of());
  }

  /** Posts a card whose buttons are about this. */
  void card(String value) {
    var message = JsonHttp.mapper().createObjectNode();
    message.put("channel", FakeSlack.CHANNEL).put("text", "card");
    var elements =
        message.putArray("blocks").addObject().put("type", "actions").putArray("elements");
    for (String action :
        List.of("approve", "approve-why", "reject", "resolve-not-done", "why", "details")) {
      elements
          .addObject()
          .put("type", "button")
          .put("action_id", action)
          .put("value", value)
          .putObject("text")
          .put("type", "plain_text")
          .put("text", action);
    }
    post(
        slackUrl() + "/slack/chat.postMessage",
        message.toString(),
        Map.of("Authorization", "Bearer " + TOKEN));
  }

  /** What people see, newest last. */
  List<String> texts() {
    return slack.view().at("/channels/0/messages").findValuesAsText("text").stream()
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** What is told comes in its own time. */
  void eventually(BooleanSupplier so) {
    Instant end = Instant.now().plusSeconds(20);
    while (!so.getAsBoolean()) {
      assertThat(Instant.now()).as("people see " + texts()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  int dialogs() {
    return slack.view().path("dialogs").size();
  }

  /** Straight to the gateway, as it is. */
  int send(String path, Map<String, String> headers, String body) {
    return exchange(gateway.url() + path, body, headers).statusCode();
  }

  private JsonNode post(String url, String body, Map<String, String> headers) {
    try {
      return JsonHttp.mapper().readTree(exchange(url, body, headers).body());
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  private HttpResponse<String> exchange(String url, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    if (!headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    gateway.close();
    server.stop();
    work.shutdownNow();
    metrics.close();
  }
}
