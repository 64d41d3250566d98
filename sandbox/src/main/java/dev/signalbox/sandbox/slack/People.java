package dev.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What people do in Slack, as the app hears of it.
 *
 * @see <a href="https://docs.slack.dev/interactivity/implementing-slash-commands">Slash
 *     commands</a>, and the payloads block_actions and view_submission
 */
final class People {
  private static final String FIRST = "ana";

  private final Workspace workspace;
  private final Dialogs dialogs;
  private final ResponseUrls responses;
  private final Sender sender;
  private final String channel;

  People(
      Workspace workspace, Dialogs dialogs, ResponseUrls responses, Sender sender, String channel) {
    this.workspace = workspace;
    this.dialogs = dialogs;
    this.responses = responses;
    this.sender = sender;
    this.channel = channel;
  }

  /** {@code {"user","channel","command","text"}}. */
  Sent command(JsonNode wish) {
    Member user = user(wish);
    Channel where = channel(wish);
    Map<String, String> form = new LinkedHashMap<>();
    form.put("token", "deprecated");
    form.put("team_id", team(wish));
    form.put("team_domain", Workspace.DOMAIN);
    form.put("channel_id", where.id());
    form.put("channel_name", where.name());
    form.put("user_id", user.id());
    form.put("user_name", user.name());
    form.put("command", wish.path("command").asText("/signalbox"));
    form.put("text", wish.path("text").asText(""));
    form.put("api_app_id", Workspace.APP);
    form.put("is_enterprise_install", "false");
    form.put("response_url", responses.issue(where, user.id(), null));
    form.put("trigger_id", dialogs.trigger(user.id()));
    Sent sent = sender.send("command", encoded(form), wish);
    show(sent, where, user);
    return sent;
  }

  /** An answer's text, or its JSON, is shown to the person at once. */
  private void show(Sent sent, Channel where, Member user) {
    if (sent.error() != null || sent.answer().isBlank()) {
      return;
    }
    JsonNode said =
        Json.read(sent.answer())
            .filter(JsonNode::isObject)
            .orElseGet(() -> Json.object().put("text", sent.answer()));
    String reader = said.path("response_type").asText().equals("in_channel") ? null : user.id();
    workspace.post(where, Workspace.BOT_USER, ResponseUrls.content(said), reader);
  }

  /** {@code {"user","channel","action","ts"?}}: the newest message that has such a button. */
  Sent press(JsonNode wish) {
    Member user = user(wish);
    Channel where = channel(wish);
    String action = wish.path("action").asText();
    Message message = pressed(wish, user, where, action);
    Elements.Found button =
        Elements.find(message.content().path("blocks"), action)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the message " + message.ts() + " has no button '" + action + "'"));
    ObjectNode payload = payload("block_actions", wish, user);
    payload
        .putObject("container")
        .put("type", "message")
        .put("message_ts", message.ts())
        .put("channel_id", where.id())
        .put("is_ephemeral", message.ephemeral());
    payload.putObject("channel").put("id", where.id()).put("name", where.name());
    payload.set("message", message.json(true));
    payload.putObject("state").putObject("values");
    payload.put("response_url", responses.issue(where, user.id(), message.ts()));
    ObjectNode pressed = payload.putArray("actions").addObject();
    pressed.put("block_id", button.block());
    for (String name : new String[] {"action_id", "type", "text", "value", "style"}) {
      if (button.element().has(name)) {
        pressed.set(name, button.element().get(name));
      }
    }
    pressed.put("action_ts", workspace.nextTs());
    return interaction("press", payload, wish);
  }

  private Message pressed(JsonNode wish, Member user, Channel where, String action) {
    if (wish.has("ts")) {
      return where
          .find(wish.get("ts").asText())
          .orElseThrow(
              () -> new IllegalArgumentException("no message has the ts " + wish.get("ts")));
    }
    return workspace
        .newest(where, user.id(), action)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no message in #" + where.name() + " has a button '" + action + "'"));
  }

  /** {@code {"user","values":{"reason":"…"},"view"?}}: the newest dialog of that person. */
  Sent submit(JsonNode wish) {
    Member user = user(wish);
    Dialogs.Dialog dialog = dialogs.of(user.id(), Json.text(wish, "view"));
    ObjectNode view = dialog.view().deepCopy();
    ObjectNode values = (ObjectNode) view.at("/state/values");
    for (JsonNode block : view.path("blocks")) {
      if (block.path("type").asText().equals("input")) {
        fill(values, block, wish.path("values"));
      }
    }
    ObjectNode payload = payload("view_submission", wish, user);
    payload.set("view", view);
    payload.putArray("response_urls");
    Sent sent = interaction("submit", payload, wish);
    boolean stays =
        Json.read(sent.answer())
            .map(said -> said.path("response_action").asText().equals("errors"))
            .orElse(false);
    if (sent.error() == null && !stays) {
      dialogs.close(dialog);
    }
    return sent;
  }

  /** Slack itself does not send what lacks something, or is too long. */
  private static void fill(ObjectNode values, JsonNode block, JsonNode given) {
    String id = block.path("block_id").asText();
    JsonNode element = block.path("element");
    String action = element.path("action_id").asText();
    String value = given.path(action).asText(given.path(id).asText(""));
    if (value.isEmpty() && !block.path("optional").asBoolean()) {
      throw new IllegalArgumentException(
          "values." + action + ": Slack's own form wants something there");
    }
    if (value.length() > element.path("max_length").asInt(3000)) {
      throw new IllegalArgumentException("values." + action + ": longer than the form allows");
    }
    ObjectNode state = values.putObject(id).putObject(action);
    state.put("type", element.path("type").asText());
    state.put("value", value.isEmpty() ? null : value);
  }

  private ObjectNode payload(String type, JsonNode wish, Member user) {
    ObjectNode payload = Json.object().put("type", type);
    String team = team(wish);
    payload
        .putObject("user")
        .put("id", user.id())
        .put("username", user.name())
        .put("name", user.name())
        .put("team_id", team);
    payload.put("api_app_id", Workspace.APP).put("token", "deprecated");
    payload.putObject("team").put("id", team).put("domain", Workspace.DOMAIN);
    payload.putNull("enterprise").put("is_enterprise_install", false);
    payload.put("trigger_id", dialogs.trigger(user.id()));
    return payload;
  }

  private Sent interaction(String kind, ObjectNode payload, JsonNode wish) {
    return sender.send(kind, encoded(Map.of("payload", payload.toString())), wish);
  }

  /** Somebody whom the workspace does not know may press too: a stranger from a shared channel. */
  private Member user(JsonNode wish) {
    String wanted = wish.path("user").asText(FIRST);
    return workspace.member(wanted).orElseGet(() -> new Member(wanted, wanted, false));
  }

  private Channel channel(JsonNode wish) {
    String wanted = wish.path("channel").asText(channel);
    return workspace
        .channel(wanted)
        .orElseThrow(() -> new IllegalArgumentException("no channel is called " + wanted));
  }

  private static String team(JsonNode wish) {
    return wish.path("team").asText(Workspace.TEAM);
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
