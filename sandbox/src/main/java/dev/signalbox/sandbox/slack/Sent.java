package dev.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A request to the app, and what became of it.
 *
 * @param kind command, press or submit
 * @param status of the app's answer; 0 when none came
 * @param answer its body
 * @param error what Slack shows the person when it went wrong; null = nothing did
 */
record Sent(
    String id,
    String kind,
    String url,
    String timestamp,
    String signature,
    String body,
    int status,
    String answer,
    long milliseconds,
    String error) {

  ObjectNode shown() {
    ObjectNode shown = Json.object();
    shown.put("id", id).put("kind", kind).put("url", url).put("timestamp", timestamp);
    shown.put("status", status).put("answer", answer).put("milliseconds", milliseconds);
    if (error != null) {
      shown.put("error", error);
    }
    return shown;
  }
}
