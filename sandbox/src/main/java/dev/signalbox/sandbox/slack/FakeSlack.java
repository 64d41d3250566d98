package dev.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.sandbox.Door;
import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.SlackSettings;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Set;
import java.util.TreeSet;

/**
 * A Slack with one workspace and one app: the Web API below {@code /slack}, and the people's hands
 * below {@code /_sandbox/slack}. Everything lives in memory.
 *
 * <p>Different from Slack: nothing limits how often it is called unless a fault does.
 */
public final class FakeSlack {
  /** The channel that the app is in: {@code #deployments}. */
  public static final String CHANNEL = "C024BE91L";

  /** The workspace. */
  public static final String TEAM = Workspace.TEAM;

  /** The Slack account of ana. */
  public static final String ANA = "U012AB3CD";

  private final Workspace workspace;
  private final Dialogs dialogs;
  private final ResponseUrls responses;
  private final WebApi api;
  private final Sender sender;
  private final People people;

  /**
   * @param token the app's, {@code xoxb-…}
   * @param signingSecret signs what people do
   * @param settings where the app is told
   */
  public FakeSlack(
      Door door, SandboxClock clock, String token, String signingSecret, SlackSettings settings) {
    this.workspace = new Workspace(clock, CHANNEL);
    this.dialogs = new Dialogs(workspace);
    this.responses = new ResponseUrls(workspace, door);
    this.api = new WebApi(workspace, door, token, dialogs);
    this.sender = new Sender(clock, signingSecret, settings);
    this.people = new People(workspace, dialogs, responses, sender, CHANNEL);
  }

  /** Adds the Web API, the response addresses and the people's hands. */
  public void register(RoutesConfig routes) {
    api.register(routes);
    responses.register(routes);
    routes.get("/_sandbox/slack", ctx -> json(ctx, view()));
    routes.patch("/_sandbox/slack", ctx -> control(ctx, this::settings));
    routes.post("/_sandbox/slack/commands", ctx -> control(ctx, wish -> people.command(wish)));
    routes.post("/_sandbox/slack/press", ctx -> control(ctx, wish -> people.press(wish)));
    routes.post("/_sandbox/slack/submit", ctx -> control(ctx, wish -> people.submit(wish)));
    routes.post(
        "/_sandbox/slack/replay",
        ctx -> control(ctx, wish -> sender.again(wish.path("id").asText())));
  }

  /** What the journal may name at this door. */
  public Set<String> operations() {
    Set<String> operations = new TreeSet<>(api.operations());
    operations.add(ResponseUrls.OPERATION);
    return operations;
  }

  /** Says where the sandbox is: response addresses begin there. */
  public void servedAt(String base) {
    responses.servedAt(base);
  }

  /** Where the app is told from now on. */
  public void sendTo(SlackSettings settings) {
    sender.sendTo(settings);
  }

  /** Channels with their messages, open dialogs, and what the app was told last. */
  public ObjectNode view() {
    ObjectNode view = Json.object().put("team", TEAM);
    SlackSettings settings = sender.settings();
    view.put("commands", settings.commands()).put("interactions", settings.interactions());
    workspace
        .members()
        .forEach(
            one -> view.withArray("users").addObject().put("id", one.id()).put("name", one.name()));
    view.set("channels", workspace.shown());
    view.set("dialogs", dialogs.shown());
    view.set("requests", sender.shown());
    return view;
  }

  private Object settings(JsonNode wish) {
    SlackSettings now = sender.settings();
    sender.sendTo(
        new SlackSettings(
            wish.path("commands").asText(now.commands()),
            wish.path("interactions").asText(now.interactions())));
    return view();
  }

  @FunctionalInterface
  private interface Deed {
    /** Gives what is shown: {@link Sent} or JSON. */
    Object by(JsonNode wish);
  }

  private static void control(Context ctx, Deed deed) {
    try {
      JsonNode wish =
          Json.read(ctx.body())
              .filter(JsonNode::isObject)
              .orElseThrow(() -> new IllegalArgumentException("the body is no JSON object"));
      Object done = deed.by(wish);
      json(ctx, done instanceof Sent sent ? sent.shown() : (JsonNode) done);
    } catch (IllegalArgumentException | SlackError wrong) {
      ctx.status(400);
      json(ctx, Json.object().put("error", String.valueOf(wrong.getMessage())));
    }
  }

  private static void json(Context ctx, JsonNode answer) {
    ctx.contentType("application/json").result(answer.toString());
  }
}
