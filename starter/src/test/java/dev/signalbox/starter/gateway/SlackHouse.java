package dev.signalbox.starter.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.notify.SlackClient;
import dev.signalbox.sandbox.Door;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.sandbox.Journal;
import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.SlackSettings;
import dev.signalbox.sandbox.slack.FakeSlack;
import dev.signalbox.starter.gateway.Keeper.Kept;
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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A Slack, and a gateway whose engine answers what it is told. */
final class SlackHouse implements AutoCloseable {
  static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  static final String TOKEN = "xoxb-sandbox";
  static final Secret KEY = new Secret("the-key-of-the-gateway");

  final List<SpokenWords> kept = new CopyOnWriteArrayList<>();
  final SlackPlace place;

  /** Of a gateway that was started later. */
  final SlackPlace anotherPlace;

  final Faults faults = new Faults();
  final Journal journal = new Journal();

  /** Requests whose workspace is looked at. */
  final AtomicInteger lookedAt = new AtomicInteger();

  private final FakeSlack slack;
  private final Javalin server;
  private final Metrics metrics = new Metrics();
  private final ExecutorService work = Executors.newCachedThreadPool();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final GatewayServer gateway;
  private Function<SpokenWords, String> answer = words -> "done";
  private boolean engineRuns = true;

  SlackHouse(Duration inTime) {
    SandboxClock now = new SandboxClock();
    slack =
        new FakeSlack(
            new Door("slack", journal, faults, now), now, TOKEN, SECRET, SlackSettings.NONE);
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
    place = new SlackPlace(client, web, Optional.of(KEY), Clock.systemUTC());
    anotherPlace = new SlackPlace(client, web, Optional.of(KEY), Clock.systemUTC());
    OnceKnown team = new OnceKnown(client::team, work, Duration.ofMinutes(1));
    Tally tally = new Tally(metrics.registry());
    SlackDoor door =
        new SlackDoor(
            new SlackSignature(new SigningSecret(SECRET), Clock.systemUTC()),
            () -> {
              lookedAt.incrementAndGet();
              return team.get();
            },
            List.of(new Person("ana", "release", "ana-dev", FakeSlack.ANA, null)),
            new SlackDesk("inspector", client, place, this::keep, Optional.of(KEY), work, inTime),
            tally);
    GitHubDoor github =
        new GitHubDoor(
            new GitHubSignature(ListeningGateway.SECRET),
            "acme/inspector",
            new GitHubRoutes("inspector", List.of("production"), false),
            new Courier(null),
            Optional.empty(),
            tally);
    gateway = GatewayServer.start("127.0.0.1", 0, Limits.DEFAULTS, List.of(door, github), metrics);
    slack.sendTo(
        new SlackSettings(
            gateway.url() + SlackDoor.COMMANDS, gateway.url() + SlackDoor.INTERACTIONS));
  }

  private String slackUrl() {
    return "http://127.0.0.1:" + server.port();
  }

  void commandsAnswer(Function<SpokenWords, String> how) {
    answer = how;
  }

  /** From now on nobody keeps anything. */
  void engineIsGone() {
    engineRuns = false;
  }

  private CompletableFuture<Kept> keep(SpokenWords words) {
    if (!engineRuns) {
      return CompletableFuture.completedFuture(Kept.NOT);
    }
    if (kept.stream().anyMatch(one -> one.message().equals(words.message()))) {
      return CompletableFuture.completedFuture(Kept.KNOWN);
    }
    kept.add(words);
    work.execute(() -> carryOut(words));
    return CompletableFuture.completedFuture(Kept.NEW);
  }

  private void carryOut(SpokenWords words) {
    try {
      place.answer(words, answer.apply(words));
    } catch (ApiException closed) {
      // The test has seen what it wanted to see.
    }
  }

  /** Does it on a thread of its own. */
  CompletableFuture<Void> later(Runnable deed) {
    return CompletableFuture.runAsync(deed, work);
  }

  /** The commands that are kept. */
  List<List<String>> commands() {
    return kept.stream()
        .map(words -> ChatGrammar.parse(words.text(), Optional::empty).words())
        .toList();
  }

  /** Sends what GitHub sends first; gives its status. */
  int ping() {
    String body = "{\"zen\":\"Keep it logically awesome.\"}";
    return send(GitHubDoor.PATH, ListeningGateway.headers("ping", "d-1", body), body);
  }

  /** Ana types, straight to the gateway, and has more patience than Slack. */
  CompletableFuture<HttpResponse<String>> types(String text) {
    String body =
        "command=%2Fsignalbox&team_id="
            + FakeSlack.TEAM
            + "&user_id="
            + FakeSlack.ANA
            + "&text="
            + text
            + "&trigger_id="
            + UUID.randomUUID();
    return http.sendAsync(
        request(gateway.url() + SlackDoor.COMMANDS, body, signed(body)),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The headers of Slack's forms. */
  static Map<String, String> signed(String body) {
    String now = Long.toString(Instant.now().getEpochSecond());
    String signature =
        new SigningSecret(SECRET).sign(("v0:" + now + ":").getBytes(UTF_8), body.getBytes(UTF_8));
    return Map.of(
        SlackSignature.TIMESTAMP,
        now,
        SlackSignature.HEADER,
        "v0=" + signature,
        "Content-Type",
        "application/x-www-form-urlencoded");
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
    Instant end = Instant.now().plusSeconds(120);
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

  private static HttpRequest request(String url, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    if (!headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    return request.build();
  }

  private HttpResponse<String> exchange(String url, String body, Map<String, String> headers) {
    try {
      return http.send(request(url, body, headers), HttpResponse.BodyHandlers.ofString());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    gateway.close();
    work.shutdownNow();
    server.stop();
    metrics.close();
  }
}
