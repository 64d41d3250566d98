package dev.signalbox.sandbox.railway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.sandbox.Call;
import dev.signalbox.sandbox.Door;
import dev.signalbox.sandbox.SandboxClock;
import graphql.ExecutionResult;
import graphql.parser.InvalidSyntaxException;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsHandlerType;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Railway's public API: {@code POST /graphql/v2}, and web-sockets at the same path. What the
 * document does wrong is 400, everything else that goes wrong is an error inside 200 (undocumented;
 * Railway's command line takes it so).
 */
public final class RailwayEndpoint {
  /** The path below the sandbox's address. */
  public static final String PATH = "/graphql/v2";

  /** In the journal: a request of which no root field could be read. */
  static final String UNREADABLE = "unreadable";

  /** In the journal, before the root field of a subscription. */
  static final String SUBSCRIPTION = "subscription:";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Shorter than the server's own patience with a silent socket. */
  private static final int SECONDS_BETWEEN_PINGS = 15;

  private final Platform platform;
  private final Door door;
  private final String token;
  private final Map<String, String> projectTokens;
  private final RateLimit rateLimit;
  private final Execution execution;
  private final Map<String, Conversation> conversations = new ConcurrentHashMap<>();

  /**
   * @param token the account's
   * @param projectTokens each with the id of its environment
   */
  public RailwayEndpoint(
      Platform platform,
      Door door,
      SandboxClock clock,
      String token,
      Map<String, String> projectTokens) {
    this.platform = platform;
    this.door = door;
    this.token = token;
    this.projectTokens = projectTokens;
    this.rateLimit =
        new RateLimit(
            platform.settings().requestsPerHour(), platform.settings().requestsPerSecond(), clock);
    this.execution = new Execution(platform);
  }

  /** What the journal may name: every root field of Railway's schema, answered here or not. */
  public static Set<String> operations() {
    GraphQLSchema schema = RailwaySchema.get();
    Set<String> operations = new TreeSet<>(Set.of(UNREADABLE, SUBSCRIPTION + "connect"));
    for (GraphQLObjectType root : List.of(schema.getQueryType(), schema.getMutationType())) {
      root.getFieldDefinitions().forEach(field -> operations.add(field.getName()));
    }
    schema
        .getSubscriptionType()
        .getFieldDefinitions()
        .forEach(field -> operations.add(SUBSCRIPTION + field.getName()));
    return operations;
  }

  /** The names of what Railway's webhooks tell. */
  public static Set<String> webhookEvents() {
    return Arrays.stream(Status.values()).map(Webhooks::event).collect(Collectors.toSet());
  }

  /** What is used of the limits, by token: {@code account}, or the id of its environment. */
  public Map<String, Object> limits() {
    Map<String, String> names = new HashMap<>(projectTokens);
    names.put("Bearer " + token, "account");
    return rateLimit.view(names);
  }

  public void register(RoutesConfig routes) {
    routes.post(PATH, this::post);
    routes.addHttpHandler(
        HandlerType.WEBSOCKET_BEFORE_UPGRADE,
        PATH,
        ctx -> door.upgrade(ctx, SUBSCRIPTION + "connect"));
    routes.addWsHandler(
        WsHandlerType.WEBSOCKET,
        PATH,
        socket -> {
          socket.onConnect(this::converse);
          socket.onMessage(ctx -> conversations.get(ctx.sessionId()).heard(ctx.message()));
          socket.onClose(ctx -> conversations.remove(ctx.sessionId()).end());
        });
  }

  private void converse(WsConnectContext ctx) {
    Caller caller = Caller.of(ctx::header, token, projectTokens);
    ctx.enableAutomaticPings(SECONDS_BETWEEN_PINGS, TimeUnit.SECONDS);
    conversations.put(
        ctx.sessionId(), new Conversation(platform, execution, door, caller, new Socket(ctx)));
  }

  private void post(Context ctx) throws Exception {
    Question question;
    try {
      question = Question.read(ctx.body());
    } catch (JsonProcessingException | IllegalArgumentException unreadable) {
      door.handle(ctx, UNREADABLE, call -> refuse(ctx, "Problem processing request", null));
      return;
    } catch (InvalidSyntaxException wrong) {
      door.handle(ctx, UNREADABLE, call -> refuse(ctx, wrong.getMessage(), "GRAPHQL_PARSE_FAILED"));
      return;
    }
    Calls calls = new Calls(platform, question);
    door.handle(ctx, calls.first(), call -> answer(ctx, question, call, calls));
  }

  private void answer(Context ctx, Question question, Call call, Calls calls)
      throws JsonProcessingException {
    ctx.contentType("application/json");
    if (!rateLimit.allows(ctx)) {
      ctx.status(429).result("{\"data\":null}");
      return;
    }
    if (question.subscribes()) {
      refuse(ctx, "Subscriptions need a web-socket", "BAD_REQUEST");
      return;
    }
    if (question.writes()) {
      platform.writeBegins();
    }
    Map<World, State> states =
        call.stale() && !question.writes()
            ? platform.stale(call.staleBy().orElse(Duration.ZERO))
            : platform.states();
    Caller caller = Caller.of(ctx::header, token, projectTokens);
    ExecutionResult result =
        execution.run(question, new Asked.Request(caller, states, calls.byField()));
    ctx.status(Execution.documentWrong(result) ? 400 : 200)
        .result(JSON.writeValueAsString(execution.body(result)));
  }

  private void refuse(Context ctx, String message, String code) throws JsonProcessingException {
    ctx.status(400)
        .contentType("application/json")
        .result(JSON.writeValueAsString(Map.of("errors", List.of(execution.error(message, code)))));
  }
}
