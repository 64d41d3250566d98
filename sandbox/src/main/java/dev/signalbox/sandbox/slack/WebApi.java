package dev.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.sandbox.Call;
import dev.signalbox.sandbox.Door;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Slack's Web API: a method for each name, JSON or forms, a bearer token; what is refused is
 * refused in a 200.
 *
 * @see <a href="https://docs.slack.dev/apis/web-api">Web API</a>
 */
final class WebApi {
  private static final List<String> BASES = List.of("/slack/", "/slack/api/");
  private static final String SCOPES =
      "chat:write,commands,channels:history,channels:read,users:read";

  private final Workspace workspace;
  private final Door door;
  private final String token;
  private final Map<String, Method> methods = new TreeMap<>();

  /** One method: answers without {@code ok}, or throws {@link SlackError}. */
  @FunctionalInterface
  interface Method {
    ObjectNode answer(Arguments arguments, Call call);
  }

  WebApi(Workspace workspace, Door door, String token, Dialogs dialogs) {
    this.workspace = workspace;
    this.door = door;
    this.token = token;
    new ChatMethods(workspace).addTo(methods);
    dialogs.addTo(methods);
    methods.put("auth.test", this::who);
    methods.put("users.info", this::user);
  }

  void register(RoutesConfig routes) {
    for (String base : BASES) {
      routes.get(base + "{method}", ctx -> answer(ctx, "GET"));
      routes.post(base + "{method}", ctx -> answer(ctx, "POST"));
    }
  }

  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    for (String verb : List.of("GET", "POST")) {
      methods.keySet().forEach(name -> operations.add(verb + " /" + name));
      operations.add(verb + " (unknown path)");
    }
    return operations;
  }

  private void answer(Context ctx, String verb) throws Exception {
    String name = ctx.pathParam("method");
    boolean known = methods.containsKey(name);
    String operation = verb + (known ? " /" + name : " (unknown path)");
    door.handle(ctx, operation, call -> write(ctx, call, name));
  }

  private void write(Context ctx, Call call, String name) {
    ObjectNode answer;
    try {
      answer = Json.object().put("ok", true);
      answer.setAll(called(ctx, call, name));
    } catch (SlackError refusal) {
      answer = refused(refusal);
    }
    ctx.header("X-OAuth-Scopes", SCOPES)
        .contentType("application/json; charset=utf-8")
        .result(answer.toString());
  }

  private ObjectNode called(Context ctx, Call call, String name) {
    Arguments arguments = Arguments.of(ctx);
    Method method = methods.get(name);
    if (method == null) {
      throw new SlackError("unknown_method");
    }
    if (arguments.token() == null) {
      throw new SlackError("not_authed");
    }
    if (!arguments.token().equals(token)) {
      throw new SlackError("invalid_auth");
    }
    return method.answer(arguments, call);
  }

  static ObjectNode refused(SlackError refusal) {
    ObjectNode answer = Json.object().put("ok", false).put("error", refusal.code());
    if (!refusal.details().isEmpty()) {
      ArrayNode errors = answer.putArray("errors");
      ArrayNode messages = answer.putObject("response_metadata").putArray("messages");
      for (String detail : refusal.details()) {
        errors.add(detail);
        messages.add("[ERROR] " + detail);
      }
    }
    return answer;
  }

  private ObjectNode who(Arguments arguments, Call call) {
    return Json.object()
        .put("url", "https://" + Workspace.DOMAIN + ".slack.com/")
        .put("team", Workspace.DOMAIN)
        .put("user", "signalbox")
        .put("team_id", Workspace.TEAM)
        .put("user_id", Workspace.BOT_USER)
        .put("bot_id", Workspace.BOT_ID)
        .put("is_enterprise_install", false);
  }

  private ObjectNode user(Arguments arguments, Call call) {
    String id = arguments.required("user");
    return workspace.members().stream()
        .filter(member -> member.id().equals(id))
        .findFirst()
        .map(member -> Json.object().<ObjectNode>set("user", member.json(Workspace.TEAM)))
        .orElseThrow(() -> new SlackError("user_not_found"));
  }
}
