package dev.signalbox.starter.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.starter.gateway.ChatGrammar.Parsed;
import dev.signalbox.starter.gateway.Keeper.Kept;
import dev.signalbox.workflows.policy.Person;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
  private static final String BEGUN = "begun";
  private static final String APPROVE = "approve";
  private static final String REJECT = "reject";
  private static final CompletableFuture<Void> ANSWERED = CompletableFuture.completedFuture(null);

  /** Buttons that decide nothing. */
  private static final Set<String> LOOKS = Set.of("why", "details");

  private static final Map<Kept, Outcome> OUTCOMES =
      Map.of(Kept.NEW, Outcome.TAKEN, Kept.KNOWN, Outcome.IGNORED, Kept.NOT, Outcome.UNAVAILABLE);

  private final SlackSignature signature;
  private final Supplier<CompletableFuture<String>> team;
  private final List<Person> people;
  private final SlackDesk desk;
  private final Answers answers;

  /**
   * @param team id of our workspace; it fails where that cannot be found out
   */
  SlackDoor(
      SlackSignature signature,
      Supplier<CompletableFuture<String>> team,
      List<Person> people,
      SlackDesk desk,
      Tally tally) {
    this.signature = signature;
    this.team = team;
    this.people = people;
    this.desk = desk;
    this.answers = new Answers(NAME, tally);
  }

  @Override
  public void open(RoutesConfig routes) {
    routes.post(COMMANDS, context -> verified(context, this::command));
    routes.post(INTERACTIONS, context -> verified(context, this::interaction));
  }

  @FunctionalInterface
  private interface Step {
    void take(Context context, SlackForm form) throws IOException;
  }

  private void verified(Context context, Step step) {
    context.attribute(BEGUN, System.nanoTime());
    byte[] body = context.bodyAsBytes();
    if (!signature.holds(
        body, context.header(SlackSignature.TIMESTAMP), context.header(SlackSignature.HEADER))) {
      answers.refuse(context, 401, "the signature is missing, wrong, or not of these five minutes");
      return;
    }
    String type = String.valueOf(context.contentType()).toLowerCase(Locale.ROOT);
    if (!type.matches("application/x-www-form-urlencoded\\s*(;.*)?")) {
      answers.refuse(context, 415, "want application/x-www-form-urlencoded");
      return;
    }
    try {
      step.take(context, SlackForm.read(body));
    } catch (IOException malformed) {
      answers.refuse(context, 400, "the body is no form as Slack sends it");
    }
  }

  private void command(Context context, SlackForm form) throws IOException {
    if (form.field("user_id").isEmpty() || form.field("command").isEmpty()) {
      throw new IOException("no command");
    }
    ifOurs(context, Set.of(form.field("team_id")), () -> said(context, form));
  }

  private CompletableFuture<Void> said(Context context, SlackForm form) {
    String user = form.field("user_id");
    Optional<Person> sender = person(user);
    if (sender.isEmpty()) {
      return say(context, stranger(user));
    }
    Parsed parsed = ChatGrammar.parse(form.field("text"), Optional::empty);
    if (parsed.words() == null || parsed.help()) {
      String refusal = parsed.help() ? "" : parsed.refusal() + "\n\n";
      return say(context, refusal + "/signalbox …\n" + ChatGrammar.HELP);
    }
    String place = place(form.field("channel_id"), user);
    SlackDesk.Speaker speaker =
        speaker(context, sender.get(), form.field("trigger_id"), place, form.field("response_url"));
    return desk.command(speaker, form.field("text"))
        .thenAccept(taken -> answer(context, taken.answer(), OUTCOMES.get(taken.kept())));
  }

  private void interaction(Context context, SlackForm form) throws IOException {
    JsonNode payload = form.payload();
    // A stranger from a shared channel has another workspace than the channel.
    String team = payload.at("/team/id").asText("");
    String home = payload.at("/user/team_id").asText(team);
    ifOurs(
        context,
        new HashSet<>(List.of(team, home)),
        () ->
            switch (payload.path("type").asText("")) {
              case "view_submission" -> submitted(context, payload);
              case "block_actions" -> pressed(context, payload);
              default -> nothing(context);
            });
  }

  private CompletableFuture<Void> pressed(Context context, JsonNode payload) {
    String user = payload.at("/user/id").asText("");
    String at = payload.path("response_url").asText("");
    Optional<SlackButton> button = SlackButton.read(payload.at("/actions/0/value").asText(""));
    if (button.isEmpty()) {
      return nothing(context);
    }
    Optional<Person> sender = person(user);
    if (sender.isEmpty()) {
      desk.tell(at, stranger(user));
      return nothing(context);
    }
    return pressed(context, payload, sender.get(), button.get(), at);
  }

  private CompletableFuture<Void> pressed(
      Context context, JsonNode payload, Person sender, SlackButton button, String at) {
    String trigger = payload.path("trigger_id").asText("");
    String place = place(payload.at("/channel/id").asText(""), payload.at("/user/id").asText(""));
    SlackDesk.Speaker speaker = speaker(context, sender, trigger, place, at);
    String action = payload.at("/actions/0/action_id").asText("");
    return switch (button.takes(action) || LOOKS.contains(action) ? action : "") {
      case "approve" -> take(context, speaker, button.decide(APPROVE, Commands.NO_REASON));
      case "why" -> take(context, speaker, button.why());
      case "details" -> take(context, speaker, button.details());
      case "reject" -> ask(context, REJECT, trigger, button, payload);
      case "approve-why" -> ask(context, APPROVE, trigger, button, payload);
      case "" -> nothing(context);
      default -> ask(context, action, trigger, button, payload);
    };
  }

  /** Takes what a button says; that it is not taken is told where it was pressed. */
  private CompletableFuture<Void> take(
      Context context, SlackDesk.Speaker speaker, List<String> words) {
    return desk.take(speaker, ChatGrammar.typed(words))
        .thenAccept(
            kept -> {
              if (kept == Kept.NOT) {
                desk.tell(speaker.address(), SlackDesk.NOT_TAKEN + "press it again in a minute");
                answers.unavailable(
                    context, "the engine did not say that it has it; press it again");
              } else {
                empty(context, OUTCOMES.get(kept));
              }
            });
  }

  private CompletableFuture<Void> ask(
      Context context, String verdict, String trigger, SlackButton button, JsonNode payload) {
    String at = payload.path("response_url").asText("");
    String channel = payload.at("/channel/id").asText("");
    return desk.openDialog(trigger, SlackDialog.of(verdict, button, at, channel))
        .thenAccept(
            opened -> {
              if (!opened) {
                desk.tell(at, "Slack opened no dialog; say: " + button.typed(verdict));
              }
              empty(context, Outcome.TAKEN);
            });
  }

  private CompletableFuture<Void> submitted(Context context, JsonNode payload) {
    String user = payload.at("/user/id").asText("");
    JsonNode view = payload.path("view");
    String about = view.path("private_metadata").asText("");
    Optional<SlackButton> button = SlackButton.read(about);
    Optional<String> verdict = SlackDialog.verdict(view);
    if (verdict.isEmpty() || button.isEmpty() || !button.get().takes(verdict.get())) {
      return nothing(context);
    }
    Optional<Person> sender = person(user);
    String reason = SlackDialog.reason(view);
    if (sender.isEmpty() || reason.isEmpty()) {
      stay(context, sender.isEmpty() ? stranger(user) : "Say why.", Outcome.IGNORED);
      return ANSWERED;
    }
    String text = ChatGrammar.typed(button.get().decide(verdict.get(), reason));
    String refusal = ChatGrammar.parse(text, Optional::empty).refusal();
    if (refusal != null) {
      stay(context, refusal, Outcome.REFUSED);
      return ANSWERED;
    }
    String place = place(metadata(about, "channel"), user);
    String trigger = payload.path("trigger_id").asText("");
    String at = metadata(about, "response_url");
    return desk.take(speaker(context, sender.get(), trigger, place, at), text)
        .thenAccept(
            kept -> {
              if (kept == Kept.NOT) {
                stay(context, SlackDesk.NOT_TAKEN + "press it again", Outcome.UNAVAILABLE);
              } else {
                empty(context, OUTCOMES.get(kept));
              }
            });
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

  /** Goes on without a thread that waits: while Slack hangs the other doors are served. */
  private void ifOurs(Context context, Set<String> sent, Supplier<CompletableFuture<Void>> then) {
    context.future(
        () ->
            team.get()
                .exceptionally(away -> "")
                .thenCompose(
                    ours -> {
                      if (ours.isEmpty()) {
                        answers.unavailable(
                            context, "the workspace could not be found out; try again");
                        return ANSWERED;
                      }
                      if (!sent.equals(Set.of(ours))) {
                        answers.refuse(
                            context, 403, "another workspace than the one this gateway serves");
                        return ANSWERED;
                      }
                      return then.get();
                    }));
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

  /**
   * @param trigger names what was said, the same when it is sent again; where Slack gave none, its
   *     signature does
   */
  private static SlackDesk.Speaker speaker(
      Context context, Person sender, String trigger, String place, String at) {
    String name = trigger.isEmpty() ? context.header(SlackSignature.HEADER) : trigger;
    return new SlackDesk.Speaker(
        sender.name(),
        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
        // The stamp is part of what Slack signed.
        StampedSignature.moment(context.header(SlackSignature.TIMESTAMP)),
        place,
        at,
        context.attributeOrCompute(BEGUN, missing -> System.nanoTime()));
  }

  private CompletableFuture<Void> say(Context context, String text) {
    answer(context, text, Outcome.TAKEN);
    return ANSWERED;
  }

  private void answer(Context context, String text, Outcome outcome) {
    context.contentType("application/json").result(SlackDesk.answer(text).toString());
    answers.count(outcome);
  }

  /** Keeps the dialog open, with a sentence in it. */
  private void stay(Context context, String sentence, Outcome outcome) {
    context.contentType("application/json").result(SlackDialog.error(sentence).toString());
    answers.count(outcome);
  }

  private void empty(Context context, Outcome outcome) {
    context.status(200).result("");
    answers.count(outcome);
  }

  private CompletableFuture<Void> nothing(Context context) {
    empty(context, Outcome.IGNORED);
    return ANSWERED;
  }
}
