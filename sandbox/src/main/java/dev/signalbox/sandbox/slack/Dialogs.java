package dev.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.sandbox.Call;
import dev.signalbox.sandbox.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The dialogs that are open, and the trigger ids with which one may be opened: once, within three
 * seconds.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/views.open">views.open</a>
 */
final class Dialogs {
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private final Workspace workspace;
  private final Map<String, Trigger> triggers = new HashMap<>();
  private final Map<String, Dialog> open = new LinkedHashMap<>();
  private int count;

  private record Trigger(String user, Instant at, boolean used) {}

  /**
   * @param view as Slack answers it: with {@code id}, {@code hash}, {@code team_id}
   */
  record Dialog(String user, ObjectNode view) {
    String id() {
      return view.path("id").asText();
    }
  }

  Dialogs(Workspace workspace) {
    this.workspace = workspace;
  }

  void addTo(Map<String, WebApi.Method> methods) {
    methods.put("views.open", this::open);
    methods.put("views.update", this::update);
  }

  synchronized String trigger(String user) {
    String id = ++count + ".6134." + UUID.randomUUID().toString().replace("-", "");
    triggers.put(id, new Trigger(user, workspace.now(), false));
    return id;
  }

  private synchronized ObjectNode open(Arguments arguments, Call call) {
    String id = arguments.required("trigger_id");
    Trigger trigger = triggers.get(id);
    if (trigger == null) {
      throw new SlackError("invalid_trigger_id");
    }
    if (trigger.used()) {
      throw new SlackError("exchanged_trigger_id");
    }
    if (Duration.between(trigger.at(), workspace.now()).compareTo(LONGEST) > 0) {
      throw new SlackError("expired_trigger_id");
    }
    ObjectNode view = view(arguments);
    triggers.put(id, new Trigger(trigger.user(), trigger.at(), true));
    view.put("id", String.format("V%08d", ++count));
    return keep(new Dialog(trigger.user(), view), call);
  }

  private synchronized ObjectNode update(Arguments arguments, Call call) {
    Dialog dialog = open.get(arguments.required("view_id"));
    if (dialog == null) {
      throw new SlackError("not_found");
    }
    String hash = arguments.text("hash");
    if (hash != null && !hash.equals(dialog.view().path("hash").asText())) {
      throw new SlackError("hash_conflict");
    }
    ObjectNode view = view(arguments);
    view.put("id", dialog.id());
    return keep(new Dialog(dialog.user(), view), call);
  }

  private static ObjectNode view(Arguments arguments) {
    JsonNode view = arguments.structure("view", "invalid_arguments");
    if (view == null) {
      throw new SlackError("invalid_arguments");
    }
    return (ObjectNode) BlockRules.checkView(view).deepCopy();
  }

  private ObjectNode keep(Dialog dialog, Call call) {
    ObjectNode view = dialog.view();
    view.put("team_id", Workspace.TEAM).put("app_id", Workspace.APP);
    view.put("bot_id", Workspace.BOT_ID);
    view.put("hash", workspace.nextTs() + "." + ++count);
    view.putObject("state").putObject("values");
    open.put(dialog.id(), dialog);
    call.target(Target.NONE.withId(dialog.id()));
    call.changedState();
    return Json.object().<ObjectNode>set("view", view);
  }

  /**
   * The newest of a person, or the one named.
   *
   * @param id null = the newest
   */
  synchronized Dialog of(String user, String id) {
    return open.values().stream()
        .filter(one -> one.user().equals(user) && (id == null || one.id().equals(id)))
        .reduce((earlier, later) -> later)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no dialog is open for "
                        + user
                        + (id == null ? "" : " with the id " + id)
                        + "; the app opens one with views.open"));
  }

  synchronized void close(Dialog dialog) {
    open.remove(dialog.id());
  }

  synchronized ArrayNode shown() {
    ArrayNode shown = Json.list();
    open.values()
        .forEach(
            dialog ->
                shown
                    .addObject()
                    .put("user", dialog.user())
                    .<ObjectNode>set("view", dialog.view().deepCopy()));
    return shown;
  }
}
