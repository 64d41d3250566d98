package dev.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.sandbox.Door;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.sandbox.Journal;
import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.SlackSettings;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A Slack of its own on a free port with an app beside it, and a caller for it. */
final class SlackServer implements AutoCloseable {
  static final String TOKEN = "xoxb-sandbox";
  static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

  private static final MediaType JSON = MediaType.get("application/json");

  /** Repeats nothing by itself: a lost answer is to be seen as lost. */
  private static final OkHttpClient HTTP =
      new OkHttpClient.Builder().retryOnConnectionFailure(false).build();

  final Journal journal = new Journal();
  final Faults faults = new Faults();
  final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final FakeSlack slack;
  private final Javalin server;
  private String appAnswer = "";

  /** What the app was sent. */
  record Heard(String timestamp, String signature, String body) {}

  SlackServer() {
    SandboxClock clock = new SandboxClock();
    slack =
        new FakeSlack(
            new Door("slack", journal, faults, clock), clock, TOKEN, SECRET, SlackSettings.NONE);
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.jetty.host = "127.0.0.1";
                  slack.register(config.routes);
                  config.routes.post(
                      "/app",
                      ctx -> {
                        heard.add(
                            new Heard(
                                ctx.header("X-Slack-Request-Timestamp"),
                                ctx.header("X-Slack-Signature"),
                                ctx.body()));
                        ctx.result(appAnswer);
                      });
                })
            .start(0);
    slack.servedAt(url());
    slack.sendTo(new SlackSettings(url() + "/app", url() + "/app"));
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** What the app says to everything from now on. */
  void theAppAnswers(String text) {
    appAnswer = text;
  }

  /** Calls a method of the Web API as the app. */
  JsonNode call(String method, ObjectNode arguments) {
    return post("/slack/" + method, TOKEN, arguments.toString());
  }

  /** Presses, commands and submits. */
  JsonNode control(String what, String json) {
    return post("/_sandbox/slack/" + what, null, json.replace('\'', '"'));
  }

  JsonNode post(String path, String token, String body) {
    String address = path.startsWith("http") ? path : url() + path;
    Request.Builder request =
        new Request.Builder().url(address).post(RequestBody.create(body, JSON));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try (Response response = HTTP.newCall(request.build()).execute()) {
      return Json.read(response.body().string()).orElseThrow();
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  /** The newest message of the channel, as the app reads it back. */
  JsonNode newest() {
    return call(
            "conversations.history", message().put("limit", 1).put("include_all_metadata", true))
        .at("/messages/0");
  }

  /** As scripts see it all. */
  JsonNode shown() {
    return slack.view();
  }

  /** Arguments that name the channel. */
  static ObjectNode message() {
    return Json.object().put("channel", FakeSlack.CHANNEL);
  }

  static ObjectNode message(String json) {
    ObjectNode message = message();
    message.setAll((ObjectNode) Json.read(json.replace('\'', '"')).orElseThrow());
    return message;
  }

  @Override
  public void close() {
    server.stop();
  }
}
