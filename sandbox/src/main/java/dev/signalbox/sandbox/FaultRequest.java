package dev.signalbox.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;

/** A rule of {@link Faults} as scripts write it in JSON. */
final class FaultRequest {
  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "operation",
              "fault",
              "door",
              "target",
              "after",
              "count",
              "share",
              "seed",
              "for",
              "status",
              "message"));

  private FaultRequest() {}

  /** Throws {@link IllegalArgumentException} that says what is allowed. */
  static Faults.Rule read(JsonNode json) {
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!KEYS.contains(name)) {
        throw new IllegalArgumentException("unknown key '" + name + "'; one of " + KEYS);
      }
    }
    Fault fault = Fault.of(json.path("fault").asText());
    String operation = json.path("operation").asText(fault.forWebhooks() ? "webhooks" : "*");
    Duration lasting = json.hasNonNull("for") ? Durations.parse(json.get("for").asText()) : null;
    Faults.Rule rule =
        new Faults.Rule(
            operation,
            fault,
            text(json, "door"),
            target(json.path("target")),
            json.path("after").asInt(0),
            1,
            json.path("share").asDouble(1.0),
            json.path("seed").asLong(1),
            lasting,
            json.hasNonNull("status") ? json.get("status").asInt() : null,
            text(json, "message"));
    return rule.times(json.path("count").asInt(rule.endsByTime() ? 0 : 1));
  }

  private static Target target(JsonNode json) {
    return json.isObject()
        ? new Target(
            text(json, "environment"),
            text(json, "service"),
            text(json, "branch"),
            text(json, "id"))
        : null;
  }

  private static String text(JsonNode json, String key) {
    return json.hasNonNull(key) ? json.get(key).asText() : null;
  }
}
