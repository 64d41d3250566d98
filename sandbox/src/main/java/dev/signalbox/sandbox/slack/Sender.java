package dev.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.SlackSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sends what people do to the app, signed, and keeps it. The app has three seconds.
 *
 * <p>How a request is signed may be asked for: {@code timestamp} (seconds since 1970) or {@code
 * offset} (seconds from now), {@code secret}, or the whole {@code signature}; {@code url} sends it
 * elsewhere.
 */
final class Sender {
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final int KEPT = 200;
  private static final int SHOWN = 20;

  private final SandboxClock clock;
  private final String secret;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LONGEST).build();
  private final Map<String, Sent> sent = new LinkedHashMap<>();
  private SlackSettings settings;
  private int count;

  Sender(SandboxClock clock, String secret, SlackSettings settings) {
    this.clock = clock;
    this.secret = secret;
    this.settings = settings;
  }

  synchronized void sendTo(SlackSettings now) {
    settings = now;
  }

  synchronized SlackSettings settings() {
    return settings;
  }

  /**
   * @param wish what the script said of how it is sent
   */
  Sent send(String kind, String body, JsonNode wish) {
    String timestamp = timestamp(wish);
    String key = wish.path("secret").asText(secret);
    String signature =
        wish.path("signature")
            .asText(Signature.v0(key, timestamp, body.getBytes(StandardCharsets.UTF_8)));
    return post(kind, url(kind, wish), timestamp, signature, body);
  }

  /** The same once more, to the last bit. */
  Sent again(String id) {
    Sent former = find(id);
    return post(former.kind(), former.url(), former.timestamp(), former.signature(), former.body());
  }

  private synchronized Sent find(String id) {
    Sent former = sent.get(id);
    if (former == null) {
      throw new IllegalArgumentException("no request has the id '" + id + "'");
    }
    return former;
  }

  private String url(String kind, JsonNode wish) {
    SlackSettings now = settings();
    String configured = kind.equals("command") ? now.commands() : now.interactions();
    String url = wish.path("url").asText(configured);
    if (url == null || !url.matches("https?://.+")) {
      throw new IllegalArgumentException(
          "nobody is told: name the app's addresses with PATCH /_sandbox/slack"
              + " {\"commands\":\"http://…\",\"interactions\":\"http://…\"}, or a url here");
    }
    return url;
  }

  private String timestamp(JsonNode wish) {
    if (wish.has("timestamp")) {
      return wish.get("timestamp").asText();
    }
    return Long.toString(clock.now().getEpochSecond() + wish.path("offset").asLong(0));
  }

  private Sent post(String kind, String url, String timestamp, String signature, String body) {
    String id = nextId();
    long began = System.nanoTime();
    int status = 0;
    String answer = "";
    String error = null;
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(LONGEST)
              .header("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
              .header("Accept", "application/json,*/*")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .header("X-Slack-Request-Timestamp", timestamp)
              .header("X-Slack-Signature", signature)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> response =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      status = response.statusCode();
      answer = response.body();
      error = status / 100 == 2 ? null : "dispatch_failed";
    } catch (HttpTimeoutException slow) {
      error = "operation_timeout";
    } catch (IOException unreachable) {
      error = "dispatch_failed";
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      error = "dispatch_failed";
    }
    long milliseconds = Duration.ofNanos(System.nanoTime() - began).toMillis();
    return keep(
        new Sent(id, kind, url, timestamp, signature, body, status, answer, milliseconds, error));
  }

  private synchronized String nextId() {
    return "r" + ++count;
  }

  private synchronized Sent keep(Sent one) {
    sent.put(one.id(), one);
    if (sent.size() > KEPT) {
      sent.remove(sent.keySet().iterator().next());
    }
    return one;
  }

  synchronized ArrayNode shown() {
    ArrayNode shown = Json.list();
    sent.values().stream()
        .skip(Math.max(0, sent.size() - SHOWN))
        .forEach(one -> shown.add(one.shown()));
    return shown;
  }
}
