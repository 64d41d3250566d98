package dev.signalbox.activities.health;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signalbox.activities.http.ForeignText;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.Version;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * One request, one reading. Each on a connection of its own and without redirects: what is judged
 * is the address that people use, as a stranger meets it now.
 */
final class HealthProbe {
  private static final long LARGEST_BODY = 256 * 1024;
  private static final int LONGEST_QUOTE = 200;
  private static final int SHORTEST_REVISION = 7;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .followRedirects(false)
          .followSslRedirects(false)
          .retryOnConnectionFailure(false)
          .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
          .build();

  private record Finding(Reading reading, String got) {}

  Sample sample(Target target, Instant at) {
    Finding finding = find(target);
    return new Sample(target.service(), finding.reading(), expected(target), finding.got(), at);
  }

  private static String expected(Target target) {
    if (target.path() == null) {
      return "nothing: no health path is configured";
    }
    StringBuilder words = new StringBuilder("2xx from ").append(target.path());
    if (target.version() != null && target.revision() != null) {
      words.append(", ").append(target.version()).append(" = ").append(target.revision());
    }
    new TreeMap<>(target.expect())
        .forEach((pointer, text) -> words.append(", ").append(pointer).append(" = ").append(text));
    return words.toString();
  }

  private Finding find(Target target) {
    if (target.path() == null) {
      return new Finding(Reading.GOOD, "no health path");
    }
    HttpUrl url = target.url() == null ? null : HttpUrl.parse(target.url());
    HttpUrl health = url == null ? null : url.resolve(target.path());
    if (health == null) {
      return new Finding(
          Reading.INCONCLUSIVE, "no address: '" + target.url() + "' with path " + target.path());
    }
    Duration timeout = target.timeout() == null ? TIMEOUT : target.timeout();
    OkHttpClient timed =
        client
            .newBuilder()
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .callTimeout(timeout)
            .build();
    Request request =
        new Request.Builder()
            .url(health)
            .header("User-Agent", Version.userAgent())
            .header("Accept", "application/json, */*")
            .build();
    try (Response response = timed.newCall(request).execute()) {
      return judge(target, response.code(), response.peekBody(LARGEST_BODY).string());
    } catch (IOException e) {
      return new Finding(Reading.ERROR, health + ": " + e);
    }
  }

  private static Finding judge(Target target, int status, String body) {
    String got = status + " " + quote(body);
    if (status == 502 || status == 504) {
      // The platform's proxy speaking: the service itself did not answer.
      return new Finding(Reading.ERROR, got);
    }
    if (status == 429 || (status >= 300 && status < 400)) {
      return new Finding(Reading.INCONCLUSIVE, got);
    }
    if (status >= 400) {
      return new Finding(Reading.BAD, got);
    }
    boolean versioned = target.version() != null && target.revision() != null;
    if (!versioned && target.expect().isEmpty()) {
      return new Finding(Reading.GOOD, Integer.toString(status));
    }
    JsonNode json;
    try {
      json = JsonHttp.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      return new Finding(Reading.INCONCLUSIVE, got + " (not JSON)");
    }
    Finding conditions = conditions(target.expect(), json, status);
    if (conditions.reading() != Reading.GOOD || !versioned) {
      return conditions;
    }
    return version(target, json, status);
  }

  private static Finding conditions(Map<String, String> expect, JsonNode json, int status) {
    for (Map.Entry<String, String> condition : new TreeMap<>(expect).entrySet()) {
      JsonNode value = at(json, condition.getKey());
      String got = status + ", " + condition.getKey() + " = " + words(value);
      if (value.isMissingNode()) {
        return new Finding(Reading.INCONCLUSIVE, got);
      }
      if (!condition.getValue().equals(plain(value))) {
        return new Finding(Reading.BAD, got);
      }
    }
    return new Finding(Reading.GOOD, status + ", all conditions hold");
  }

  private static Finding version(Target target, JsonNode json, int status) {
    JsonNode value = at(json, target.version());
    String got = status + ", " + target.version() + " = " + words(value);
    String running = value.isTextual() ? value.asText().strip().toLowerCase(Locale.ROOT) : "";
    if (running.isEmpty()) {
      return new Finding(Reading.INCONCLUSIVE, got);
    }
    boolean promoted = names(running, target.revision()) || names(running, target.mergeCommit());
    return new Finding(promoted ? Reading.GOOD : Reading.BAD, got);
  }

  private static boolean names(String running, String commit) {
    return commit != null
        && running.length() >= SHORTEST_REVISION
        && commit.toLowerCase(Locale.ROOT).startsWith(running);
  }

  private static JsonNode at(JsonNode json, String pointer) {
    try {
      return json.at(JsonPointer.compile(pointer));
    } catch (IllegalArgumentException notAPointer) {
      return MissingNode.getInstance();
    }
  }

  private static String words(JsonNode value) {
    if (value.isMissingNode()) {
      return "(absent)";
    }
    return quote(plain(value));
  }

  /** As it came: compared, but never shown. */
  private static String plain(JsonNode value) {
    return (value.isValueNode() ? value.asText() : value.toString())
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static String quote(String text) {
    String line = ForeignText.ofAnswer(text);
    return line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line;
  }
}
