package dev.signalbox.sandbox.railway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Railway says of itself: well, until it is told to have an incident or a maintenance. */
final class PlatformWord {
  private static final Map<String, List<String>> STATES =
      Map.of(
          "incident", List.of("IDENTIFIED", "INVESTIGATING", "MONITORING", "RESOLVED"),
          "maintenance", List.of("COMPLETED", "INPROGRESS", "NOTSTARTEDYET"));
  private static final Set<String> KEYS = Set.of("isStable", "incident", "maintenance");

  private volatile Map<String, Object> status = Map.of("isStable", true);

  /** Railway's {@code PlatformStatus}. */
  Map<String, Object> status() {
    return status;
  }

  /**
   * Takes {@code isStable}, {@code incident} and {@code maintenance}; null takes one back.
   *
   * @throws IllegalArgumentException when it is something else
   */
  Map<String, Object> change(JsonNode changes) {
    Map<String, Object> next = new LinkedHashMap<>(status);
    changes
        .properties()
        .forEach(
            change -> {
              String key = change.getKey();
              if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                    "no such key: " + key + "; allowed: isStable, incident, maintenance");
              }
              next.put(key, key.equals("isStable") ? stable(change.getValue()) : notice(change));
            });
    status = Collections.unmodifiableMap(next);
    return status;
  }

  private static boolean stable(JsonNode value) {
    if (!value.isBoolean()) {
      throw new IllegalArgumentException("isStable: true or false");
    }
    return value.asBoolean();
  }

  private static Map<String, Object> notice(Map.Entry<String, JsonNode> change) {
    JsonNode value = change.getValue();
    if (value.isNull()) {
      return null;
    }
    List<String> states = STATES.get(change.getKey());
    String state = value.path("status").asText();
    if (!states.contains(state)) {
      throw new IllegalArgumentException(
          change.getKey() + ".status: one of " + String.join(", ", states));
    }
    Map<String, Object> notice = new LinkedHashMap<>();
    notice.put("id", World.newId());
    notice.put("message", value.path("message").asText(""));
    notice.put("status", state);
    notice.put("url", value.path("url").asText("https://status.railway.com"));
    return notice;
  }
}
