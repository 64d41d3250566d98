package dev.signalbox.starter.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.starter.gateway.ChatGrammar.Parsed;
import dev.signalbox.workflows.policy.Person;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Slack's slash command and the buttons of the approval card. Heard is what Slack signed within
 * five minutes, from our workspace, by somebody of {@code [people]}; the same request twice is one.
 *
 * @see <a href="https://docs.slack.dev/interactivity/handling-user-interaction">Handling user
 *     interaction</a>
 */
final class SlackDoor implements GatewayDoor {
  static final String COMMANDS = "/slack/commands";
  static final String INTERACTIONS = "/slack/interactions";

  static final String NAME = "slack";
  private static final String ID = "[A-Z0-9]{1,30}";
  private static final String APPROVE = "approve";
  private static final String REJECT = "reject";
  private static final int REMEMBERED = 2_000;

  /** Buttons that decide nothing. */
  private static final Set<String> LOOKS = Set.of("why", "details");

  private final SlackSignature signature;
  private final Supplier<String> team;
  private final List<Person> people;
  private final SlackDesk desk;
  private final Tally tally;
  private final Set<String> taken = Collections.newSetFromMap(Newest.byArrival(REMEMBERED));

  /**
   * @param team id of our workspace; it throws where it cannot be found out
   */
  SlackDoor(
      SlackSignature signature,
      Supplier<String> team,
      List<Person> people,
      SlackDesk desk,
      Tally tally) {
    this.signature = signature;
    this.team = team;
    this.people = people;
    this.desk = desk;
    this.tally = tally;
  }

  @Override
  public void open(RoutesConfig routes) {
    routes.post(COMMANDS, context -> verified(context, this::command));
    routes.post(INTERACTIONS, context -> verified(context, this::interaction));
  }

  @FunctionalInterface
  private interface Handler {
    void handle(Context context, SlackForm form) throws IOException;
  }

  private void verified(Context context, Handler handler) {
    byte[] body = context.bodyAsBytes();
    if (!signature.holds(
        body, context.header(SlackSignature.TIMESTAMP), context.header(SlackSignature.HEADER))) {
      refuse(context, 401, "the signature is missing, wrong, or not of these five minutes");
      return;
    }
    String type = String.valueOf(context.contentType()).toLowerCase(Locale.ROOT);
    if (!type.matches("application/x-www-form-urlencoded\\s*(;.*)?")) {
      refuse(context, 415, "want application/x-www-form-urlencoded");
      return;
    }
    try {
      handler.handle(context, SlackForm.read(body));
    } catch (IOException malformed) {
      refuse(context, 400, "the body is no form as Slack sends it");
    }
  }

  private void command(Context context, SlackForm form) throws IOException {
    if (form.field("user_id").isEmpty() || form.field("command").isEmpty()) {
      throw new IOException("no command");
    }
    if (!ours(context, form.field("team_id"))) {
      return;
    }
    Optional<Person> sender = person(form.field("user_id"));
    if (sender.isEmpty()) {
      say(context, stranger(form.field("user_id")));
      return;
    }
    Parsed parsed = ChatGrammar.parse(form.field("text"), Optional::empty);
    if (parsed.words() == null || parsed.help()) {
      say(
          context,
          (parsed.help() ? "" : parsed.refusal() + "\n\n") + "/signalbox …\n" + ChatGrammar.HELP);
      return;
    }
    String message = id(form.field("trigger_id"));
    if (!first(message)) {
      say(context, "taken already");
      return;
    }
    String at = form.field("response_url");
    say(
        context,
        desk.run(
                speaker(
                    context,
                    sender.get(),
                    message,
                    place(form.field("channel_id"), form.field("user_id"))),
                parsed.words(),
                at)
            .orElse("taken; the answer comes here"));
  }

  private void interaction(Context context, SlackForm form) throws IOException {
    JsonNode payload = form.payload();
    String user = payload.at("/user/id").asText("");
    // A stranger from a shared channel has another workspace than the channel.
    String home = payload.at("/user/team_id").asText(payload.at("/team/id").asText(""));
    if (!ours(context, payload.at("/team/id").asText("")) || !ours(context, home)) {
      return;
    }
    Optional<Person> sender = person(user);
    if (payload.path("type").asText("").equals("view_submission")) {
      submitted(context, payload, sender.orElse(null), user);
      return;
    }
    String at = payload.path("response_url").asText("");
    Optional<SlackButton> button = SlackButton.read(payload.at("/actions/0/value").asText(""));
    if (!payload.path("type").asText("").equals("block_actions") || button.isEmpty()) {
      nothing(context);
    } else if (sender.isEmpty()) {
      desk.tell(at, stranger(user));
      taken(context, "ignored");
    } else {
      pressed(context, payload, sender.get(), button.get(), at);
    }
  }

  private void pressed(
      Context context, JsonNode payload, Person sender, SlackButton button, String at) {
    String trigger = payload.path("trigger_id").asText("");
    String message = id(trigger);
    if (!first(message)) {
      taken(context, "ignored");
      return;
    }
    String place = place(payload.at("/channel/id").asText(""), payload.at("/user/id").asText(""));
    SlackDesk.Speaker speaker = speaker(context, sender, message, place);
    String action = payload.at("/actions/0/action_id").asText("");
    switch (button.takes(action) || LOOKS.contains(action) ? action : "") {
      case "approve" -> carryOut(speaker, button.decide(APPROVE, Commands.NO_REASON), at);
      case "why" -> carryOut(speaker, button.why(), at);
      case "details" -> carryOut(speaker, button.details(), at);
      case "reject" -> ask(REJECT, trigger, button, at, payload);
      case "approve-why" -> ask(APPROVE, trigger, button, at, payload);
      case "" -> {
        nothing(context);
        return;
      }
      default -> ask(action, trigger, button, at, payload);
    }
    taken(context, "taken");
  }

  private void ask(
      String verdict, String trigger, SlackButton button, String at, JsonNode payload) {
    String channel = payload.at("/channel/id").asText("");
    if (!desk.openDialog(verdict, trigger, button, at, channel)) {
      desk.tell(at, "Slack opened no dialog; say: " + button.typed(verdict));
    }
  }

  private void carryOut(SlackDesk.Speaker speaker, List<String> words, String at) {
    desk.run(speaker, words, at).ifPresent(answer -> desk.tell(at, answer));
  }

  private void submitted(Context context, JsonNode payload, Person sender, String user) {
    JsonNode view = payload.path("view");
    String about = view.path("private_metadata").asText("");
    Optional<SlackButton> button = SlackButton.read(about);
    Optional<String> verdict = SlackDialog.verdict(view);
    if (verdict.isEmpty() || button.isEmpty() || !button.get().takes(verdict.get())) {
      nothing(context);
      return;
    }
    String reason = SlackDialog.reason(view);
    if (sender == null || reason.isEmpty()) {
      context
          .contentType("application/json")
          .result(SlackDialog.error(sender == null ? stranger(user) : "Say why.").toString());
      tally.count(NAME, "ignored");
      return;
    }
    String message = id(payload.path("trigger_id").asText(""));
    if (first(message)) {
      carryOut(
          speaker(context, sender, message, place(metadata(about, "channel"), user)),
          button.get().decide(verdict.get(), reason),
          metadata(about, "response_url"));
    }
    taken(context, "taken");
  }

  /** Empty where Slack does not say both: then nobody is told there. */
  private static String place(String channel, String user) {
    return channel.matches(ID) && user.matches(ID) ? channel + "/" + user : "";
  }

  private static String metadata(String metadata, String name) {
    try {
      return JsonHttp.mapper().readTree(metadata).path(name).asText("");
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private boolean ours(Context context, String sent) {
    String wanted;
    try {
      wanted = team.get();
    } catch (RuntimeException away) {
      tally.count(NAME, "unavailable");
      Answers.sentence(context, 503, "the workspace could not be found out; try again");
      return false;
    }
    if (!wanted.equals(sent)) {
      refuse(context, 403, "another workspace than the one this gateway serves");
      return false;
    }
    return true;
  }

  /** By the id alone: names at Slack are changed by their owners. */
  private Optional<Person> person(String user) {
    return people.stream().filter(one -> user.equals(one.slack())).findFirst();
  }

  private static String stranger(String user) {
    return "nobody in [people] of signalbox.toml has slack = \""
        + (user.matches(ID) ? user : "?")
        + "\", so nothing was done";
  }

  /** The stamp is part of what Slack signed. */
  private static SlackDesk.Speaker speaker(
      Context context, Person sender, String message, String place) {
    return new SlackDesk.Speaker(
        sender.name(),
        message,
        StampedSignature.moment(context.header(SlackSignature.TIMESTAMP)),
        place);
  }

  /** Names what was said: the same when it is sent again. */
  private static String id(String trigger) {
    return UUID.nameUUIDFromBytes(trigger.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private boolean first(String message) {
    synchronized (taken) {
      return taken.add(message);
    }
  }

  private void say(Context context, String text) {
    context.contentType("application/json").result(SlackDesk.answer(text).toString());
    tally.count(NAME, "taken");
  }

  private void taken(Context context, String outcome) {
    context.status(200).result("");
    tally.count(NAME, outcome);
  }

  private void nothing(Context context) {
    taken(context, "ignored");
  }

  private void refuse(Context context, int status, String sentence) {
    tally.count(NAME, "refused");
    Answers.sentence(context, status, sentence);
  }
}
