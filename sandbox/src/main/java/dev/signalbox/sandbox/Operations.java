package dev.signalbox.sandbox;

import dev.signalbox.sandbox.github.FakeGitHub;
import dev.signalbox.sandbox.railway.RailwayEndpoint;
import dev.signalbox.sandbox.slack.FakeSlack;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a fault may name: of each door the journal's operations, and the events of webhooks. */
final class Operations {
  private final Map<String, Set<String>> byDoor = new TreeMap<>();
  private final Set<String> events = new TreeSet<>(Set.of("webhooks"));

  Operations(FakeGitHub github, FakeSlack slack) {
    byDoor.put("railway", RailwayEndpoint.operations());
    byDoor.put("github", github.operations());
    byDoor.put("git", github.gitOperations());
    byDoor.put("slack", slack.operations());
    events.addAll(RailwayEndpoint.webhookEvents());
    events.addAll(FakeGitHub.WEBHOOK_EVENTS);
  }

  /** Those at whose entrance a fault can stand. */
  Set<String> doors() {
    return byDoor.keySet();
  }

  /** A method of Slack may be named as Slack does, {@code chat.update}: the POST is meant. */
  String journaled(String operation) {
    String posted = "POST /" + operation;
    return byDoor.get("slack").contains(posted) ? posted : operation;
  }

  /** The door at which something is called so; Railway's when no door has it alone. */
  String doorOf(String operation) {
    return byDoor.entrySet().stream()
        .filter(door -> door.getValue().contains(operation))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(operation.contains(" ") ? "github" : "railway");
  }

  /**
   * Throws {@link IllegalArgumentException} when nothing is ever called so.
   *
   * @param door null for every door
   */
  void require(Fault fault, String operation, String door) {
    Set<String> known = new TreeSet<>();
    if (fault.forWebhooks()) {
      known.addAll(events);
    } else {
      known.add("*");
      byDoor.forEach(
          (name, operations) -> {
            if (door == null || door.equals(name)) {
              known.addAll(operations);
            }
          });
    }
    if (!known.contains(operation)) {
      throw new IllegalArgumentException(
          (fault.forWebhooks() ? "no webhook is called '" : "no operation is called '")
              + operation
              + (door == null ? "'" : "' at the door " + door)
              + "; write it as the journal does, for instance '"
              + nearest(operation, known)
              + "'");
    }
  }

  private static String nearest(String operation, Set<String> known) {
    return known.stream()
        .max(Comparator.comparingInt(one -> commonStart(one, operation)))
        .orElseThrow();
  }

  private static int commonStart(String one, String other) {
    String left = one.toLowerCase(Locale.ROOT);
    String right = other.toLowerCase(Locale.ROOT);
    int same = 0;
    while (same < Math.min(left.length(), right.length())
        && left.charAt(same) == right.charAt(same)) {
      same++;
    }
    return same;
  }
}
