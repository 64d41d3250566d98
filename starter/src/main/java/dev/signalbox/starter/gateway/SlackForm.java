package dev.signalbox.starter.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.http.JsonHttp;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What Slack sends: a form, of an interaction with one field that holds JSON. */
record SlackForm(Map<String, String> fields) {
  private static final String PAYLOAD = "payload";

  /**
   * @throws IOException when it is no form
   */
  static SlackForm read(byte[] body) throws IOException {
    Map<String, String> fields = new HashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      try {
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        fields.putIfAbsent(decoded(name), decoded(value));
      } catch (IllegalArgumentException malformed) {
        throw new IOException("no form", malformed);
      }
    }
    return new SlackForm(fields);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Empty when it is absent. */
  String field(String name) {
    return fields.getOrDefault(name, "");
  }

  /**
   * @throws IOException when there is none, or it is no JSON object
   */
  JsonNode payload() throws IOException {
    try {
      JsonNode payload = JsonHttp.mapper().readTree(field(PAYLOAD));
      if (payload != null && payload.isObject()) {
        return payload;
      }
    } catch (JsonProcessingException none) {
      throw new IOException("no JSON", none);
    }
    throw new IOException("no object");
  }
}
