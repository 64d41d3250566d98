package dev.signalbox.starter.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.starter.Sender;
import dev.signalbox.starter.gateway.ApiClients.ApiClient;
import dev.signalbox.starter.gateway.ChatGrammar.Deed;
import dev.signalbox.starter.gateway.ChatGrammar.Parsed;
import dev.signalbox.starter.gateway.Commands.LeftDecision;
import dev.signalbox.starter.gateway.Commands.Said;
import dev.signalbox.starter.gateway.Commands.Verdict;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The HTTP API, for other people's chat bots: the terminal's grammar in, the terminal's JSON out.
 * Every route wants a bearer token; each token has its rights. Described by {@code openapi.json}.
 */
final class ApiDoor implements GatewayDoor {
  private static final String ROOT = "/api/v1";
  private static final String DECISIONS = ROOT + "/decisions";
  private static final String NAME = "api";
  private static final String TIMESTAMP = "X-Signalbox-Timestamp";
  private static final String WORD = "[A-Za-z0-9._/-]{1,200}";
  private static final String MESSAGE = "[A-Za-z0-9._:-]{1,100}";
  private static final String DECISION = "[A-Za-z0-9._:-]{1,200}";

  private static final Map<Deed, String> RIGHTS =
      Map.of(
          Deed.VIEW, "view",
          Deed.REQUEST, "request",
          Deed.DECIDE, "approve-as",
          Deed.ORDER, "override");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiClients clients;
  private final Commands commands;
  private final Optional<Secret> key;
  private final Executor hands;
  private final SoonJudged verdicts;
  private final Answers answers;

  /**
   * @param hands carry out the commands
   * @param verdicts waits for a moment for what becomes of a decision
   */
  ApiDoor(
      ApiClients clients,
      Commands commands,
      Optional<Secret> key,
      Executor hands,
      SoonJudged verdicts,
      Tally tally) {
    this.clients = clients;
    this.commands = commands;
    this.key = key;
    this.hands = hands;
    this.verdicts = verdicts;
    this.answers = new Answers(NAME, tally);
  }

  /**
   * What {@code POST /api/v1/commands} takes.
   *
   * @param said when the person said it; null = as it is signed
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Order(String text, String person, String message, String said) {}

  @Override
  public void open(RoutesConfig routes) {
    routes.get(ROOT + "/openapi.json", known((context, client) -> describe(context)));
    routes.get(
        ROOT + "/status",
        known((context, client) -> view(context, client, "status", "environment")));
    routes.get(ROOT + "/why", known((context, client) -> view(context, client, "why", "run")));
    routes.get(
        ROOT + "/plan", known((context, client) -> view(context, client, "plan", "environment")));
    routes.get(
        ROOT + "/history",
        known((context, client) -> view(context, client, "history", "environment")));
    routes.post(ROOT + "/commands", known(this::command));
    routes.get(DECISIONS, known(this::decision));
  }

  private Handler known(BiConsumer<Context, ApiClient> handler) {
    return context -> {
      Optional<ApiClient> client = clients.of(context.header("Authorization"));
      if (client.isEmpty()) {
        context.header("WWW-Authenticate", "Bearer");
        answers.refuse(context, 401, "a bearer token that is known here is wanted");
      } else {
        handler.accept(context, client.get());
      }
    };
  }

  private void view(Context context, ApiClient client, String verb, String parameter) {
    Optional<String> unknown =
        context.queryParamMap().keySet().stream()
            .filter(name -> !name.equals(parameter))
            .findFirst();
    if (unknown.isPresent()) {
      answers.refuse(
          context,
          400,
          "there is no such parameter here; " + verb + " takes " + parameter + " alone");
      return;
    }
    String named = context.queryParam(parameter);
    if (named != null && !named.matches(WORD)) {
      answers.refuse(context, 400, parameter + " is malformed");
      return;
    }
    run(
        context,
        client,
        ChatGrammar.parse(verb + (named == null ? "" : " " + named), Optional::empty),
        itself(client, null));
  }

  /** What became of a decision that was only recorded when it was sent. */
  private void decision(Context context, ApiClient client) {
    String run = context.queryParam("run");
    String decision = context.queryParam("decision");
    if (run == null || !run.matches(WORD) || decision == null || !decision.matches(DECISION)) {
      answers.refuse(
          context, 400, "run and decision are wanted, as the answer to the command said");
    } else if (!decision.startsWith(itself(client, "").decisionId())) {
      answers.refuse(context, 403, "that decision was not sent with this token");
    } else {
      LeftDecision left = new LeftDecision(run, decision);
      later(context, () -> new Answered(Said.left(left), verdicts.of(left)));
    }
  }

  private void command(Context context, ApiClient client) {
    Order order;
    try {
      order = JSON.readValue(context.bodyAsBytes(), Order.class);
    } catch (IOException malformed) {
      answers.refuse(context, 400, "the body is no JSON object with text, person and message");
      return;
    }
    if (order == null || order.text() == null) {
      answers.refuse(context, 400, "text is missing");
      return;
    }
    Optional<Sender> sender = sender(context, client, order);
    if (sender.isPresent()) {
      String text = order.text().replaceFirst("^\\s*/signalbox(?![A-Za-z0-9_-])", "");
      run(context, client, ChatGrammar.parse(text, Optional::empty), sender.get());
    }
  }

  /** Who speaks; where it is nobody who may, that is answered and this is empty. */
  private Optional<Sender> sender(Context context, ApiClient client, Order order) {
    if (order.message() != null && !order.message().matches(MESSAGE)) {
      answers.refuse(context, 400, "message is no id: want letters, digits, '.', '_', ':' or '-'");
      return Optional.empty();
    }
    if (order.person() == null) {
      return Optional.of(itself(client, order.message()));
    }
    if (!clients.signed(
        client,
        context.bodyAsBytes(),
        context.header(TIMESTAMP),
        context.header("X-Signalbox-Signature"))) {
      answers.refuse(context, 401, "who speaks is not signed, or not now");
      return Optional.empty();
    }
    if (order.message() == null) {
      answers.refuse(
          context,
          400,
          "message is missing: the id of what was said, the same when it is sent again");
      return Optional.empty();
    }
    Instant signed = StampedSignature.moment(context.header(TIMESTAMP));
    Optional<Instant> said = said(order, signed);
    if (said.isEmpty()) {
      answers.refuse(
          context, 400, "said is no time like 2026-11-28T10:00:00Z, or later than the signature");
    }
    return said.map(
        moment -> new Sender(NAME, order.person(), id(client, order.message()), key, moment));
  }

  /** Empty where it cannot be so. */
  private static Optional<Instant> said(Order order, Instant signed) {
    if (order.said() == null) {
      return Optional.of(signed);
    }
    try {
      return Optional.of(Instant.parse(order.said())).filter(moment -> !moment.isAfter(signed));
    } catch (DateTimeParseException malformed) {
      return Optional.empty();
    }
  }

  /**
   * @param message null = it is said once
   */
  private static Sender itself(ApiClient client, String message) {
    return new Sender(
        NAME,
        NAME + ":" + client.name(),
        message == null ? UUID.randomUUID().toString() : id(client, message),
        Optional.empty(),
        Instant.now());
  }

  /** No name has a colon, so no program's ids begin as another's do. */
  private static String id(ApiClient client, String message) {
    return client.name() + ":" + message;
  }

  private void run(Context context, ApiClient client, Parsed parsed, Sender sender) {
    if (parsed.words() == null) {
      answers.count(Outcome.REFUSED);
      answer(context, 400, JSON.createObjectNode().put("message", parsed.refusal()));
    } else if (!client.may(RIGHTS.get(parsed.deed()))) {
      answers.refuse(context, 403, "this token has not the right " + RIGHTS.get(parsed.deed()));
    } else if (parsed.personal() && sender.person().startsWith(NAME + ":")) {
      answers.refuse(context, 403, "only a person may say this: say who it is, signed");
    } else if (parsed.help()) {
      answer(context, 200, JSON.createObjectNode().put("help", ChatGrammar.HELP));
    } else {
      carryOut(context, parsed, sender);
    }
  }

  /** A command may wait for other systems; the server's threads do not, they serve other doors. */
  private void carryOut(Context context, Parsed parsed, Sender sender) {
    later(
        context,
        () -> {
          Said said = commands.run(sender, parsed.words(), true);
          return new Answered(
              said, said.decision() == null ? Optional.empty() : verdicts.of(said.decision()));
        });
  }

  /**
   * @param verdict on what it left with the engine; empty = there is none yet, or it left nothing
   */
  private record Answered(Said said, Optional<Verdict> verdict) {}

  private void later(Context context, Supplier<Answered> work) {
    CompletableFuture<Answered> answer;
    try {
      answer = CompletableFuture.supplyAsync(work, hands);
    } catch (RejectedExecutionException tooMuch) {
      answers.unavailable(context, "too much is asked at once; send it again later");
      return;
    }
    context.future(
        () ->
            answer.thenAccept(
                answered -> {
                  answers.count(answered.said().notReached() ? Outcome.UNAVAILABLE : Outcome.TAKEN);
                  answer(context, status(answered), shown(answered));
                }));
  }

  private static int status(Answered answered) {
    Said said = answered.said();
    if (said.notReached()) {
      return 503;
    }
    boolean open = said.decision() != null && answered.verdict().isEmpty();
    return open ? 202 : said.misused() ? 400 : 200;
  }

  private static JsonNode shown(Answered answered) {
    ObjectNode shown = shown(answered.said());
    LeftDecision left = answered.said().decision();
    if (left != null) {
      shown
          .putObject("decision")
          .put("run", left.workflowId())
          .put("decision", left.decisionId())
          .put("url", DECISIONS + "?run=" + left.workflowId() + "&decision=" + left.decisionId());
      answered
          .verdict()
          .ifPresent(
              verdict -> shown.put("exit", verdict.code()).put("verdict", verdict.sentence()));
    }
    return shown;
  }

  /** What the command printed, as it printed it. */
  private static ObjectNode shown(Said said) {
    ObjectNode shown = JSON.createObjectNode().put("exit", said.code());
    ArrayNode lines = JSON.createArrayNode();
    said.out().lines().filter(line -> !line.isBlank()).forEach(line -> lines.add(parsed(line)));
    if (!lines.isEmpty()) {
      shown.set("answer", lines.size() == 1 ? lines.get(0) : lines);
    }
    said.err()
        .lines()
        .map(ApiDoor::parsed)
        .filter(line -> line.has("error"))
        .findFirst()
        .ifPresent(line -> shown.set("error", line.get("error")));
    return shown;
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException plain) {
      return JSON.getNodeFactory().textNode(line);
    }
  }

  private static void answer(Context context, int status, JsonNode shown) {
    context.status(status).contentType("application/json").result(shown + "\n");
  }

  private static void describe(Context context) {
    context.contentType("application/json").result(description());
  }

  static String description() {
    try (InputStream file = ApiDoor.class.getResourceAsStream("openapi.json")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
