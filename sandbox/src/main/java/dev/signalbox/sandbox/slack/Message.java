package dev.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What stands in a channel.
 *
 * @param ts its name in the channel, and when it was posted
 * @param author user id
 * @param app whether an app posted it
 * @param content {@code text}, {@code blocks}, {@code metadata}, {@code thread_ts}
 * @param visibleTo user id of the only person who sees it; null = everybody
 * @param edited when it was changed last; null = never
 */
record Message(
    String ts, String author, boolean app, ObjectNode content, String visibleTo, String edited) {

  Message changedTo(ObjectNode now, String when) {
    return new Message(ts, author, app, now, visibleTo, when);
  }

  boolean ephemeral() {
    return visibleTo != null;
  }

  /** As Slack shows it to apps. */
  ObjectNode json(boolean withMetadata) {
    ObjectNode message = Json.object();
    message.put("type", "message").put("user", author).put("ts", ts);
    if (app) {
      message.put("bot_id", Workspace.BOT_ID).put("app_id", Workspace.APP);
      message.put("team", Workspace.TEAM);
    }
    message.put("text", content.path("text").asText(""));
    copy(message, "blocks");
    copy(message, "thread_ts");
    if (withMetadata) {
      copy(message, "metadata");
    }
    if (edited != null) {
      message.putObject("edited").put("user", author).put("ts", edited);
    }
    return message;
  }

  private void copy(ObjectNode message, String name) {
    JsonNode value = content.path(name);
    if (!value.isMissingNode() && !value.isNull()) {
      message.set(name, value);
    }
  }

  /** As the sandbox shows it to scripts. */
  ObjectNode shown() {
    ObjectNode message = json(true);
    if (ephemeral()) {
      message.put("ephemeral", visibleTo);
    }
    return message;
  }
}
