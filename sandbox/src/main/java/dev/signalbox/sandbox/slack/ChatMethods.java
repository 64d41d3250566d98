package dev.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.sandbox.Call;
import dev.signalbox.sandbox.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an app writes into channels, and reads there.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/chat.postMessage">chat.postMessage</a>,
 *     chat.update, chat.delete, chat.postEphemeral, conversations.history
 */
final class ChatMethods {
  private static final int MOST_BLOCKS = 50;
  private static final int LONGEST_TEXT = 40_000;

  /** chat.update, "msg_too_long". */
  private static final int LONGEST_UPDATE = 4_000;

  private static final int PAGE = 100;

  private final Workspace workspace;

  ChatMethods(Workspace workspace) {
    this.workspace = workspace;
  }

  void addTo(Map<String, WebApi.Method> methods) {
    methods.put("chat.postMessage", this::post);
    methods.put("chat.postEphemeral", this::postEphemeral);
    methods.put("chat.update", this::update);
    methods.put("chat.delete", this::delete);
    methods.put("conversations.history", this::history);
    methods.put("conversations.info", this::info);
  }

  private ObjectNode post(Arguments arguments, Call call) {
    Channel channel = workspace.writable(arguments.required("channel"));
    ObjectNode content = content(arguments, LONGEST_TEXT);
    String thread = arguments.text("thread_ts");
    if (thread != null) {
      content.put("thread_ts", thread);
    }
    Message message = workspace.post(channel, Workspace.BOT_USER, content, null);
    changed(call, message.ts());
    return answer(channel, message.ts()).<ObjectNode>set("message", message.json(true));
  }

  private ObjectNode postEphemeral(Arguments arguments, Call call) {
    Channel channel = workspace.writable(arguments.required("channel"));
    Member reader =
        workspace
            .member(arguments.required("user"))
            .orElseThrow(() -> new SlackError("user_not_in_channel"));
    Message message =
        workspace.post(channel, Workspace.BOT_USER, content(arguments, LONGEST_TEXT), reader.id());
    changed(call, message.ts());
    return Json.object().put("message_ts", message.ts());
  }

  private ObjectNode update(Arguments arguments, Call call) {
    Channel channel = byId(arguments);
    Message message = ours(channel, arguments.required("ts"), "cant_update_message");
    ObjectNode content = content(arguments, LONGEST_UPDATE);
    // What an update does not name stays: a text alone takes the blocks away, not the metadata.
    for (String kept : List.of("metadata", "thread_ts")) {
      if (!content.has(kept) && message.content().has(kept)) {
        content.set(kept, message.content().get(kept));
      }
    }
    Message changed = workspace.change(channel, message.ts(), content);
    changed(call, message.ts());
    return answer(channel, message.ts())
        .put("text", content.path("text").asText(""))
        .<ObjectNode>set("message", changed.json(true));
  }

  private ObjectNode delete(Arguments arguments, Call call) {
    Channel channel = byId(arguments);
    Message message = ours(channel, arguments.required("ts"), "cant_delete_message");
    workspace.remove(channel, message.ts());
    changed(call, message.ts());
    return answer(channel, message.ts());
  }

  /** Names do for posting only. */
  private Channel byId(Arguments arguments) {
    String wanted = arguments.required("channel");
    Channel channel = workspace.writable(wanted);
    if (!channel.id().equals(wanted)) {
      throw new SlackError("channel_not_found");
    }
    return channel;
  }

  private Message ours(Channel channel, String ts, String refusal) {
    Message message = workspace.find(channel, ts);
    if (message.ephemeral()) {
      throw new SlackError("message_not_found");
    }
    if (!message.author().equals(Workspace.BOT_USER)) {
      throw new SlackError(refusal);
    }
    return message;
  }

  private static ObjectNode content(Arguments arguments, int longest) {
    ObjectNode content = Json.object();
    String text = arguments.text("text");
    JsonNode blocks = arguments.structure("blocks", "invalid_blocks_format");
    if (text == null && (blocks == null || blocks.isEmpty())) {
      throw new SlackError("no_text");
    }
    if (text != null && text.length() > longest) {
      throw new SlackError("msg_too_long");
    }
    content.put("text", text == null ? "" : text);
    if (blocks != null && !blocks.isEmpty()) {
      content.set("blocks", BlockRules.check(blocks, MOST_BLOCKS));
    }
    JsonNode metadata = arguments.structure("metadata", "invalid_metadata_format");
    if (metadata != null) {
      boolean whole = metadata.path("event_type").isTextual() && metadata.has("event_payload");
      if (!whole) {
        throw new SlackError("invalid_metadata_schema");
      }
      content.set("metadata", metadata);
    }
    return content;
  }

  private ObjectNode history(Arguments arguments, Call call) {
    Channel channel = workspace.joined(arguments.required("channel"));
    int most = Math.max(1, Math.min(arguments.number("limit", PAGE), 999));
    int from = offset(arguments.text("cursor"));
    List<Message> newestFirst =
        seen(channel, call).stream()
            .filter(message -> !message.ephemeral() && within(arguments, message))
            .sorted((one, other) -> other.ts().compareTo(one.ts()))
            .toList();
    ObjectNode answer = Json.object();
    ArrayNode messages = answer.putArray("messages");
    newestFirst.stream()
        .skip(from)
        .limit(most)
        .forEach(message -> messages.add(message.json(arguments.flag("include_all_metadata"))));
    boolean more = newestFirst.size() > from + most;
    answer.put("has_more", more);
    answer.putObject("response_metadata").put("next_cursor", more ? "n" + (from + most) : "");
    return answer;
  }

  private List<Message> seen(Channel channel, Call call) {
    if (!call.stale()) {
      return channel.messages();
    }
    Duration by = call.staleBy().orElse(Duration.ZERO);
    Instant then = workspace.now().minus(by);
    return by.isZero()
        ? channel.before()
        : channel.messages().stream()
            .filter(message -> seconds(message.ts()) <= then.getEpochSecond())
            .toList();
  }

  private static boolean within(Arguments arguments, Message message) {
    String oldest = arguments.text("oldest");
    String latest = arguments.text("latest");
    return (oldest == null || number(message.ts()) > number(oldest))
        && (latest == null || number(message.ts()) < number(latest));
  }

  private static double number(String ts) {
    try {
      return Double.parseDouble(ts);
    } catch (NumberFormatException none) {
      throw new SlackError("invalid_ts_oldest");
    }
  }

  private static long seconds(String ts) {
    return Long.parseLong(ts.substring(0, ts.indexOf('.')));
  }

  private static int offset(String cursor) {
    if (cursor == null) {
      return 0;
    }
    if (!cursor.matches("n\\d{1,6}")) {
      throw new SlackError("invalid_cursor");
    }
    return Integer.parseInt(cursor.substring(1));
  }

  private ObjectNode info(Arguments arguments, Call call) {
    Channel channel =
        workspace
            .channel(arguments.required("channel"))
            .orElseThrow(() -> new SlackError("channel_not_found"));
    ObjectNode answer = Json.object();
    answer
        .putObject("channel")
        .put("id", channel.id())
        .put("name", channel.name())
        .put("is_channel", true)
        .put("is_archived", channel.archived())
        .put("is_member", channel.joined());
    return answer;
  }

  private static ObjectNode answer(Channel channel, String ts) {
    return Json.object().put("channel", channel.id()).put("ts", ts);
  }

  private static void changed(Call call, String ts) {
    call.target(Target.NONE.withId(ts));
    call.changedState();
  }
}
