package dev.signalbox.sandbox.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Bodies, written in the order of their fields. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** Alternating names and values; a value may be null. */
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /** GitHub's times have no fractions of a second. */
  static String time(Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static byte[] bytes(Object body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException problem) {
      throw new IllegalStateException("cannot write " + body, problem);
    }
  }

  static String text(Object body) {
    return new String(bytes(body), StandardCharsets.UTF_8);
  }

  /** An object; an empty body reads as an empty one. */
  static JsonNode read(byte[] body) {
    JsonNode node = any(body);
    if (!node.isObject()) {
      throw Refusal.of(400, "Body should be a JSON object");
    }
    return node;
  }

  /** As {@link #read}, also of a list. */
  static JsonNode any(byte[] body) {
    if (body.length == 0) {
      return MAPPER.createObjectNode();
    }
    try {
      return MAPPER.readTree(body);
    } catch (IOException problem) {
      throw Refusal.of(400, "Problems parsing JSON");
    }
  }
}
