package dev.signalbox.activities.health;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signalbox.activities.http.JsonHttp;
import java.util.Optional;

/** Looks into an answer's JSON and says what is there. */
final class JsonValues {
  private JsonValues() {}

  /** Empty when it is no JSON. */
  static Optional<JsonNode> parse(String body) {
    try {
      JsonNode json = JsonHttp.mapper().readTree(body);
      return json == null || json.isMissingNode() ? Optional.empty() : Optional.of(json);
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  /** Missing when nothing is there, and when the pointer is none. */
  static JsonNode at(JsonNode json, String pointer) {
    try {
      return json.at(JsonPointer.compile(pointer));
    } catch (IllegalArgumentException notAPointer) {
      return MissingNode.getInstance();
    }
  }

  /** As it is shown: a text in quotes, so that {@code "2"} and {@code 2} look different. */
  static String words(JsonNode value) {
    if (value.isMissingNode()) {
      return "(absent)";
    }
    return value.isTextual()
        ? "\"" + Quotes.of(value.asText()) + "\""
        : Quotes.of(value.toString());
  }
}
