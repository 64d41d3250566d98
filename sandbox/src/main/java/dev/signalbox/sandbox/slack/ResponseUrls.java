package dev.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.sandbox.Call;
import dev.signalbox.sandbox.Door;
import dev.signalbox.sandbox.Target;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The addresses at which an app may answer later: five times within half an hour, without a token.
 *
 * @see <a href="https://docs.slack.dev/interactivity/handling-user-interaction">Message
 *     responses</a>
 */
final class ResponseUrls {
  static final String PATH = "/slack/response/{id}";
  static final String OPERATION = "POST /response/{id}";

  private static final int MOST = 5;
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final Workspace workspace;
  private final Door door;
  private final Map<String, Issued> issued = new HashMap<>();
  private String base = "";

  /**
   * @param ts of the message that was pressed; null after a command
   */
  private record Issued(Channel channel, String user, String ts, Instant at, int used) {}

  ResponseUrls(Workspace workspace, Door door) {
    this.workspace = workspace;
    this.door = door;
  }

  void servedAt(String url) {
    base = url;
  }

  void register(RoutesConfig routes) {
    routes.post(PATH, ctx -> door.handle(ctx, OPERATION, call -> answer(ctx, call)));
  }

  synchronized String issue(Channel channel, String user, String ts) {
    String id = UUID.randomUUID().toString();
    issued.put(id, new Issued(channel, user, ts, workspace.now(), 0));
    return base + "/slack/response/" + id;
  }

  private void answer(Context ctx, Call call) {
    ObjectNode answer = Json.object().put("ok", true);
    try {
      take(ctx.pathParam("id"), ctx.body(), call);
    } catch (SlackError refusal) {
      // Which status goes with which error is not documented.
      ctx.status(refusal.code().endsWith("_url") ? 404 : 400);
      answer = WebApi.refused(refusal);
    }
    ctx.contentType("application/json").result(answer.toString());
  }

  private synchronized void take(String id, String body, Call call) {
    Issued one = issued.get(id);
    if (one == null || Duration.between(one.at(), workspace.now()).compareTo(LONGEST) > 0) {
      throw new SlackError("expired_url");
    }
    if (one.used() >= MOST) {
      throw new SlackError("used_url");
    }
    JsonNode said = Json.read(body).orElseThrow(() -> new SlackError("invalid_payload"));
    apply(one, said, call);
    call.changedState();
    issued.put(id, new Issued(one.channel(), one.user(), one.ts(), one.at(), one.used() + 1));
  }

  private void apply(Issued one, JsonNode said, Call call) {
    if (said.path("delete_original").asBoolean()) {
      workspace.remove(one.channel(), required(one));
      return;
    }
    if (said.path("replace_original").asBoolean()) {
      call.target(Target.NONE.withId(required(one)));
      workspace.change(one.channel(), one.ts(), content(said));
      return;
    }
    String reader = said.path("response_type").asText().equals("in_channel") ? null : one.user();
    Message message = workspace.post(one.channel(), Workspace.BOT_USER, content(said), reader);
    call.target(Target.NONE.withId(message.ts()));
  }

  private static String required(Issued one) {
    if (one.ts() == null) {
      throw new SlackError("message_not_found");
    }
    return one.ts();
  }

  /** What a command was answered at once, or later. */
  static ObjectNode content(JsonNode said) {
    ObjectNode content = Json.object();
    content.put("text", said.path("text").asText(""));
    if (said.path("blocks").isArray() && !said.path("blocks").isEmpty()) {
      content.set("blocks", BlockRules.check(said.path("blocks"), 50));
    } else if (content.path("text").asText().isEmpty()) {
      throw new SlackError("no_text");
    }
    return content;
  }
}
