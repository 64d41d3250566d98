package dev.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a method of the Web API was called with: JSON, or a form (or query) whose structures are
 * JSON in strings.
 */
final class Arguments {
  private static final String JSON = "application/json";

  private final ObjectNode values;
  private final String token;

  private Arguments(ObjectNode values, String token) {
    this.values = values;
    this.token = token;
  }

  static Arguments of(Context ctx) {
    ObjectNode values = Json.object();
    put(values, ctx.queryParamMap());
    String type = String.valueOf(ctx.contentType());
    if (type.startsWith(JSON)) {
      JsonNode body = Json.read(ctx.body()).orElseThrow(() -> new SlackError("invalid_json"));
      if (!body.isObject()) {
        throw new SlackError("json_not_object");
      }
      values.setAll((ObjectNode) body);
    } else {
      put(values, ctx.formParamMap());
    }
    // In JSON a token is no argument: Slack wants it in the header then.
    String given = type.startsWith(JSON) ? null : Json.text(values, "token");
    return new Arguments(values, bearer(ctx).orElse(given));
  }

  private static void put(ObjectNode values, Map<String, List<String>> parameters) {
    parameters.forEach((name, all) -> values.put(name, all.get(0)));
  }

  private static Optional<String> bearer(Context ctx) {
    String header = ctx.header("Authorization");
    return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
        ? Optional.of(header.substring(7).strip())
        : Optional.empty();
  }

  /** Null when none came. */
  String token() {
    return token;
  }

  /** Null when absent or empty. */
  String text(String name) {
    return Json.text(values, name);
  }

  /** Throws {@code invalid_arguments}, which names it. */
  String required(String name) {
    String value = text(name);
    if (value == null) {
      throw new SlackError("invalid_arguments", List.of("[ERROR] missing required field: " + name));
    }
    return value;
  }

  boolean flag(String name) {
    return List.of("true", "1").contains(values.path(name).asText());
  }

  int number(String name, int otherwise) {
    String text = text(name);
    return text != null && text.matches("\\d{1,6}") ? Integer.parseInt(text) : otherwise;
  }

  /**
   * A list or an object, also one written as a string; null when absent.
   *
   * @param error when it is neither
   */
  JsonNode structure(String name, String error) {
    JsonNode value = values.path(name);
    if (text(name) == null && !value.isContainerNode()) {
      return null;
    }
    JsonNode read = value.isTextual() ? Json.read(value.asText()).orElse(value) : value;
    if (!read.isContainerNode()) {
      throw new SlackError(error);
    }
    return read;
  }
}
