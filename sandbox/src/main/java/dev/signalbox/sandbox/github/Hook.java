package dev.signalbox.sandbox.github;

import java.time.Instant;
import java.util.List;

/**
 * Where events are sent, and which.
 *
 * @param url receives POSTs
 * @param form the body is a form with the field {@code payload}; else it is the JSON itself
 * @param secret signs the body; null leaves it unsigned
 * @param events names, or {@code *} for all
 */
record Hook(
    long id,
    String url,
    boolean form,
    String secret,
    List<String> events,
    boolean active,
    Instant createdAt,
    Instant updatedAt) {

  Hook {
    events = List.copyOf(events);
  }

  boolean hears(String event) {
    return active && (events.contains("*") || events.contains(event));
  }
}
