package dev.signalbox.sandbox.railway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.sandbox.Call;
import dev.signalbox.sandbox.Door;
import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.SandboxSettings.ServiceSettings;
import dev.signalbox.sandbox.Target;
import graphql.ErrorType;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Railway's public API over HTTP: {@code POST /graphql/v2}. What the document does wrong is 400,
 * everything else that goes wrong is an error inside 200 (platforms.md 1.3, from Railway's CLI).
 */
public final class RailwayEndpoint {
  /** The path below the sandbox's address. */
  public static final String PATH = "/graphql/v2";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private final Platform platform;
  private final Door door;
  private final String token;
  private final Map<String, String> projectTokens;
  private final RateLimit rateLimit;
  private final GraphQL graphql;
  private final AtomicLong traces = new AtomicLong(600_000_000_000_000_000L);

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
    this.rateLimit = new RateLimit(platform.settings().requestsPerHour(), clock);
    this.graphql =
        GraphQL.newGraphQL(RailwaySchema.load(RailwayOperations.of(platform)))
            .defaultDataFetcherExceptionHandler(errorsInside())
            .build();
  }

  public void register(RoutesConfig routes) {
    routes.post(PATH, this::post);
  }

  private record Question(
      String query, String operationName, Map<String, Object> variables, List<RootField> fields) {}

  private void post(Context ctx) throws Exception {
    Question question;
    try {
      question = read(ctx.body());
    } catch (JsonProcessingException | IllegalArgumentException unreadable) {
      door.handle(ctx, "unreadable", call -> refuse(ctx, "Problem processing request", null));
      return;
    } catch (InvalidSyntaxException wrong) {
      door.handle(
          ctx, "unreadable", call -> refuse(ctx, wrong.getMessage(), "GRAPHQL_PARSE_FAILED"));
      return;
    }
    Map<String, Call> calls = new HashMap<>();
    Call first = call(question, calls);
    door.handle(ctx, first, call -> answer(ctx, question, call, calls));
  }

  private static Question read(String body) throws JsonProcessingException {
    JsonNode json = JSON.readTree(body);
    if (!json.path("query").isTextual()) {
      throw new IllegalArgumentException("no query");
    }
    String query = json.get("query").asText();
    String name = json.path("operationName").asText("");
    String operationName = name.isBlank() || name.equals("null") ? null : name;
    Map<String, Object> variables =
        json.path("variables").isObject()
            ? JSON.convertValue(json.get("variables"), MAP)
            : new HashMap<>();
    Document document = Parser.parse(query);
    return new Question(
        query, operationName, variables, RootField.of(document, operationName, variables));
  }

  private Call call(Question question, Map<String, Call> calls) {
    if (question.fields().isEmpty()) {
      return new Call("unreadable", Target.NONE);
    }
    RootField head = question.fields().get(0);
    Call first = new Call(head.name(), target(head));
    calls.put(head.key(), first);
    for (RootField next : question.fields().subList(1, question.fields().size())) {
      if (next.mutation()) {
        calls.put(next.key(), first.also(next.name(), target(next)));
      } else if (!next.name().equals(head.name())) {
        first.reads(next.name());
      }
    }
    return first;
  }

  /** The names behind the ids that the field was given. */
  private Target target(RootField field) {
    Map<String, String> given = field.arguments();
    String id = given.getOrDefault("id", given.get("deploymentId"));
    Target target = new Target(null, null, given.get("branch"), id);
    var deployment = platform.state().deployment(id == null ? "" : id);
    if (deployment.isPresent()) {
      return target
          .withEnvironment(deployment.get().environment())
          .withService(deployment.get().service());
    }
    var trigger =
        platform.state().triggers().stream().filter(one -> one.id().equals(id)).findFirst();
    if (trigger.isPresent()) {
      return target
          .withEnvironment(trigger.get().environment())
          .withService(trigger.get().service())
          .withBranch(trigger.get().branch());
    }
    String environment = given.getOrDefault("environmentId", id == null ? "" : id);
    return target
        .withEnvironment(
            platform.state().environment(environment).map(Environment::name).orElse(null))
        .withService(
            platform
                .world()
                .service(given.getOrDefault("serviceId", ""))
                .map(ServiceSettings::name)
                .orElse(null));
  }

  private void answer(Context ctx, Question question, Call call, Map<String, Call> calls)
      throws JsonProcessingException {
    ctx.contentType("application/json");
    if (!rateLimit.allows(ctx)) {
      ctx.status(429).result("{\"data\":null}");
      return;
    }
    boolean writes = question.fields().stream().anyMatch(RootField::mutation);
    if (writes) {
      platform.writeBegins();
    }
    State state =
        call.stale() && !writes
            ? platform.stale(call.staleBy().orElse(Duration.ZERO))
            : platform.state();
    var request =
        new Asked.Request(Caller.of(ctx::header, token, projectTokens), state, Map.copyOf(calls));
    ExecutionInput.Builder input =
        ExecutionInput.newExecutionInput(question.query())
            .variables(question.variables())
            .graphQLContext(Map.of(Asked.Request.class, request));
    if (question.operationName() != null) {
      input.operationName(question.operationName());
    }
    write(ctx, graphql.execute(input.build()));
  }

  private void write(Context ctx, ExecutionResult result) throws JsonProcessingException {
    boolean documentWrong =
        result.getErrors().stream()
            .anyMatch(
                e ->
                    e.getErrorType() == ErrorType.ValidationError
                        || e.getErrorType() == ErrorType.InvalidSyntax);
    Map<String, Object> body = new LinkedHashMap<>();
    if (!result.getErrors().isEmpty()) {
      body.put(
          "errors", result.getErrors().stream().map(e -> specified(e, documentWrong)).toList());
    }
    if (!documentWrong) {
      body.put("data", result.getData());
    }
    ctx.status(documentWrong ? 400 : 200).result(JSON.writeValueAsString(body));
  }

  private Map<String, Object> specified(GraphQLError error, boolean documentWrong) {
    Map<String, Object> shown = new LinkedHashMap<>(error.toSpecification());
    if (documentWrong) {
      shown.put("extensions", Map.of("code", "GRAPHQL_VALIDATION_FAILED"));
    }
    shown.put("traceId", Long.toString(traces.incrementAndGet()));
    return shown;
  }

  private void refuse(Context ctx, String message, String code) throws JsonProcessingException {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", message);
    if (code != null) {
      error.put("extensions", Map.of("code", code));
    }
    error.put("traceId", Long.toString(traces.incrementAndGet()));
    ctx.status(400)
        .contentType("application/json")
        .result(JSON.writeValueAsString(Map.of("errors", List.of(error))));
  }

  private static DataFetcherExceptionHandler errorsInside() {
    return failure -> {
      Throwable cause = failure.getException();
      String code = cause instanceof RailwayError error ? error.code() : "INTERNAL_SERVER_ERROR";
      String message =
          cause instanceof RailwayError ? cause.getMessage() : "Problem processing request";
      if (!(cause instanceof RailwayError)) {
        System.getLogger(RailwayEndpoint.class.getName())
            .log(System.Logger.Level.ERROR, "a field of the sandbox's Railway failed", cause);
      }
      GraphQLError shown =
          GraphqlErrorBuilder.newError()
              .message("%s", message)
              .path(failure.getPath())
              .location(failure.getSourceLocation())
              .extensions(Map.of("code", code))
              .build();
      return CompletableFuture.completedFuture(
          DataFetcherExceptionHandlerResult.newResult(shown).build());
    };
  }
}
