package dev.signalbox.sandbox.github;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One event sent to one hook, and what came back.
 *
 * @param id of this attempt
 * @param guid the same for every attempt of one event
 * @param action null for an event that has none
 * @param url where it was sent
 * @param payload the JSON
 * @param sent headers
 * @param statusCode 0 while it is under way or when there was no answer
 * @param status GitHub's word: OK, or what went wrong
 * @param received headers of the answer
 */
record Delivery(
    long id,
    String guid,
    String event,
    String action,
    boolean redelivery,
    Instant at,
    String url,
    String payload,
    Map<String, String> sent,
    Duration took,
    int statusCode,
    String status,
    Map<String, String> received,
    String answer) {

  static Delivery of(
      long id, String guid, String event, String action, String url, String payload) {
    return new Delivery(
        id,
        guid,
        event,
        action,
        false,
        null,
        url,
        payload,
        Map.of(),
        Duration.ZERO,
        0,
        "pending",
        Map.of(),
        "");
  }

  /** The same event once more. */
  Delivery again(long newId) {
    return new Delivery(
        newId,
        guid,
        event,
        action,
        true,
        null,
        url,
        payload,
        Map.of(),
        Duration.ZERO,
        0,
        "pending",
        Map.of(),
        "");
  }

  Delivery leaving(Instant when, Map<String, String> headers) {
    return new Delivery(
        id,
        guid,
        event,
        action,
        redelivery,
        when,
        url,
        payload,
        headers,
        took,
        statusCode,
        status,
        received,
        answer);
  }

  Delivery ended(Duration after, int code, String word, Map<String, String> headers, String text) {
    return new Delivery(
        id,
        guid,
        event,
        action,
        redelivery,
        at,
        url,
        payload,
        sent,
        after,
        code,
        word,
        headers,
        text);
  }
}
