package dev.signalbox.sandbox.running;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.signalbox.sandbox.Durations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * How a release behaves: {@code sandbox.toml} of the service's directory, with what {@code
 * [environments.<name>]} says on top. An absent part is null and means the plain thing: builds in
 * the platform's time, starts after 0.2 s, healthy for ever.
 *
 * @param build how long the image takes
 * @param buildFails {@code build = "fail"}: the build ends in FAILED
 * @param start time until it answers
 * @param startFails {@code start = "fail"}: the process ends at once
 * @param health status of every answer of the health path, 200
 * @param body the whole answer instead of the JSON of its own; {@code {version}} is filled in
 * @param latency added to every answer
 * @param errors share of requests answered with 500
 * @param crashAfter the process ends this long after the deployment became active
 * @param unhealthyAfter answers 503 from then on, counted from the same moment
 * @param version shown instead of the commit
 * @param exit the process ends by itself with this code; null = it does not
 * @param exitAfter how long it runs before that
 * @param exitActive whether its deployment stays among the active ones after that
 * @param cron when it runs; null = at once. It is only built, and no tick comes
 * @param database what every answer needs of a database; null = nothing
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Behaviour(
    Duration build,
    boolean buildFails,
    Duration start,
    boolean startFails,
    int health,
    String body,
    Duration latency,
    double errors,
    Duration crashAfter,
    Duration unhealthyAfter,
    String version,
    Integer exit,
    Duration exitAfter,
    boolean exitActive,
    String cron,
    Storage database) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> KEYS =
      List.of(
          "build",
          "start",
          "health",
          "body",
          "latency",
          "errors",
          "crash_after",
          "unhealthy_after",
          "version",
          "exit",
          "exit_after",
          "exit_active",
          "cron",
          "database");
  private static final Set<String> ELSEWHERE = Set.of("environments", "checks", "checks_after");

  public static final Behaviour PLAIN =
      new Behaviour(
          null,
          false,
          null,
          false,
          200,
          null,
          Duration.ZERO,
          0,
          null,
          null,
          null,
          null,
          Duration.ZERO,
          true,
          null,
          null);

  /** Reads {@code sandbox.toml}; throws {@link IllegalArgumentException} naming what is wrong. */
  public static Behaviour of(byte[] toml, String environment) {
    TomlParseResult parsed = Toml.parse(new String(toml, StandardCharsets.UTF_8));
    if (parsed.hasErrors()) {
      throw new IllegalArgumentException("sandbox.toml: " + parsed.errors().get(0));
    }
    Map<String, Object> values = new TreeMap<>();
    collect(parsed, values);
    TomlTable own = parsed.getTable(List.of("environments", environment));
    if (own != null) {
      collect(own, values);
    }
    return PLAIN.with(JSON.valueToTree(values));
  }

  private static void collect(TomlTable table, Map<String, Object> into) {
    for (String key : table.keySet()) {
      if (!ELSEWHERE.contains(key)) {
        Object value = table.get(List.of(key));
        into.put(key, value instanceof TomlTable inner ? readable(inner) : value);
      }
    }
  }

  private static Object readable(TomlTable table) {
    try {
      return JSON.readTree(table.toJson());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The same with the keys of {@code sandbox.toml} that {@code changes} names. */
  public Behaviour with(JsonNode changes) {
    if (!changes.isObject()) {
      throw new IllegalArgumentException("found " + changes + "; an object with keys of " + KEYS);
    }
    Behaviour result = this;
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      if (!KEYS.contains(change.getKey())) {
        throw new IllegalArgumentException(
            "sandbox.toml: unknown key '" + change.getKey() + "'; one of " + KEYS);
      }
      result = result.with(change.getKey(), change.getValue());
    }
    return result;
  }

  private Behaviour with(String key, JsonNode value) {
    boolean fails = value.isTextual() && value.asText().equals("fail");
    Duration b = key.equals("build") ? (fails ? null : duration(value)) : build;
    Duration s = key.equals("start") ? (fails ? null : duration(value)) : start;
    return new Behaviour(
        b,
        key.equals("build") ? fails : buildFails,
        s,
        key.equals("start") ? fails : startFails,
        key.equals("health") ? status(value) : health,
        key.equals("body") ? text(value) : body,
        key.equals("latency") ? orZero(duration(value)) : latency,
        key.equals("errors") ? share(value) : errors,
        key.equals("crash_after") ? duration(value) : crashAfter,
        key.equals("unhealthy_after") ? duration(value) : unhealthyAfter,
        key.equals("version") ? text(value) : version,
        key.equals("exit") ? exitCode(value) : exit,
        key.equals("exit_after") ? orZero(duration(value)) : exitAfter,
        key.equals("exit_active") ? truth(value) : exitActive,
        key.equals("cron") ? text(value) : cron,
        key.equals("database") ? Storage.of(value) : database);
  }

  private static Integer exitCode(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || value.asLong() < 0 || value.asLong() > 255) {
      throw new IllegalArgumentException(
          "sandbox.toml: exit is an exit code from 0 to 255; found " + value);
    }
    return value.asInt();
  }

  private static boolean truth(JsonNode value) {
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(
          "sandbox.toml: exit_active is true or false; found " + value);
    }
    return value.asBoolean();
  }

  private static double share(JsonNode value) {
    if (!value.isNumber() || value.asDouble() < 0 || value.asDouble() > 1) {
      throw new IllegalArgumentException(
          "sandbox.toml: errors is a share from 0 to 1; found " + value);
    }
    return value.asDouble();
  }

  private static Duration orZero(Duration duration) {
    return duration == null ? Duration.ZERO : duration;
  }

  private static Duration duration(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    return value.isNumber()
        ? Duration.ofMillis(Math.round(value.asDouble() * 1000))
        : Durations.parse(value.asText());
  }

  private static int status(JsonNode value) {
    if (value.isInt() || value.isLong()) {
      return value.asInt();
    }
    return switch (value.asText()) {
      case "true", "ok", "healthy", "null" -> 200;
      case "false", "unhealthy", "fail" -> 503;
      default ->
          throw new IllegalArgumentException(
              "sandbox.toml: health is a status such as 200 or 503, or true or false; found "
                  + value);
    };
  }

  private static String text(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    return value.isTextual() ? value.asText() : value.toString();
  }
}
