package dev.signalbox.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
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
  static Faults.Rule read(JsonNode json, Operations operations) {
    if (!json.isObject()) {
      throw new IllegalArgumentException("found " + json + "; a rule is an object with " + KEYS);
    }
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!KEYS.contains(name)) {
        throw new IllegalArgumentException("unknown key '" + name + "'; one of " + KEYS);
      }
    }
    Fault fault = Fault.of(json.path("fault").asText());
    String operation =
        operations.journaled(json.path("operation").asText(fault.forWebhooks() ? "webhooks" : "*"));
    String door = door(json, operations.doors());
    requireThatItCanStrike(fault, operation, door, operations);
    operations.require(fault, operation, door);
    Duration lasting = json.hasNonNull("for") ? Durations.parse(json.get("for").asText()) : null;
    Faults.Rule rule =
        new Faults.Rule(
            operation,
            fault,
            door,
            target(json.path("target")),
            (int) whole(json, "after", 0, Integer.MAX_VALUE),
            1,
            share(json),
            whole(json, "seed", 1, Long.MAX_VALUE),
            lasting,
            json.hasNonNull("status") ? status(json) : null,
            text(json, "message"));
    return rule.times((int) whole(json, "count", rule.endsByTime() ? 0 : 1, Integer.MAX_VALUE));
  }

  private static void requireThatItCanStrike(
      Fault fault, String operation, String door, Operations operations) {
    String meant = door != null ? door : operations.doorOf(operation);
    if (!fault.strikesAt(meant)) {
      throw new IllegalArgumentException(
          "'"
              + fault.text()
              + "' is said inside a 200: it strikes calls of Railway only"
              + (fault == Fault.ERRORS ? ", and of Slack" : ""));
    }
  }

  private static String door(JsonNode json, Set<String> doors) {
    String door = text(json, "door");
    if (door != null && !doors.contains(door)) {
      throw new IllegalArgumentException("unknown door '" + door + "'; one of " + doors);
    }
    return door;
  }

  private static double share(JsonNode json) {
    JsonNode share = json.path("share");
    if (share.isMissingNode()) {
      return 1.0;
    }
    if (!share.isNumber() || share.asDouble() < 0 || share.asDouble() > 1) {
      throw new IllegalArgumentException("share: found " + share + "; a number from 0 to 1");
    }
    return share.asDouble();
  }

  private static int status(JsonNode json) {
    long status = whole(json, "status", 503, 599);
    if (status < 500) {
      throw new IllegalArgumentException("status: found " + status + "; one from 500 to 599");
    }
    return (int) status;
  }

  private static long whole(JsonNode json, String key, long otherwise, long most) {
    JsonNode value = json.path(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || value.asLong() < 0 || value.asLong() > most) {
      throw new IllegalArgumentException(
          key + ": found " + value + "; a whole number from 0 to " + most);
    }
    return value.asLong();
  }

  private static Target target(JsonNode json) {
    if (json.isMissingNode()) {
      return null;
    }
    List<String> parts = List.of("environment", "service", "branch", "id");
    if (!json.isObject() || json.properties().stream().anyMatch(p -> !parts.contains(p.getKey()))) {
      throw new IllegalArgumentException("target: found " + json + "; an object with " + parts);
    }
    return new Target(
        text(json, "environment"), text(json, "service"), text(json, "branch"), text(json, "id"));
  }

  private static String text(JsonNode json, String key) {
    return json.hasNonNull(key) ? json.get(key).asText() : null;
  }
}
