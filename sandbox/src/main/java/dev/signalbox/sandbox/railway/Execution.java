package dev.signalbox.sandbox.railway;

import graphql.ErrorType;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Executes requests on Railway's schema, and shapes what goes wrong as Railway does. */
final class Execution {
  private final GraphQL graphql;
  private final Addressees addressees;
  private final AtomicLong traces = new AtomicLong(600_000_000_000_000_000L);

  Execution(Platform platform) {
    this.addressees = new Addressees(platform);
    this.graphql =
        GraphQL.newGraphQL(RailwaySchema.get())
            .defaultDataFetcherExceptionHandler(errorsInside())
            .build();
  }

  ExecutionResult run(Question question, Asked.Request request) {
    ExecutionInput.Builder input =
        ExecutionInput.newExecutionInput(question.query())
            .variables(question.variables())
            .graphQLContext(Map.of(Asked.Request.class, request, Addressees.class, addressees));
    if (question.operationName() != null) {
      input.operationName(question.operationName());
    }
    return graphql.execute(input.build());
  }

  /** The document does not fit the schema; nothing was executed. */
  static boolean documentWrong(ExecutionResult result) {
    return result.getErrors().stream()
        .anyMatch(
            e ->
                e.getErrorType() == ErrorType.ValidationError
                    || e.getErrorType() == ErrorType.InvalidSyntax);
  }

  /** {@code errors}, if any, and {@code data}, unless the document was wrong. */
  Map<String, Object> body(ExecutionResult result) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (!result.getErrors().isEmpty()) {
      body.put("errors", errors(result));
    }
    if (!documentWrong(result)) {
      body.put("data", result.getData());
    }
    return body;
  }

  List<Map<String, Object>> errors(ExecutionResult result) {
    boolean wrong = documentWrong(result);
    return result.getErrors().stream().map(error -> specified(error, wrong)).toList();
  }

  private Map<String, Object> specified(GraphQLError error, boolean documentWrong) {
    Map<String, Object> shown = new LinkedHashMap<>(error.toSpecification());
    if (documentWrong) {
      shown.put("extensions", Map.of("code", "GRAPHQL_VALIDATION_FAILED"));
    }
    shown.put("traceId", nextTrace());
    return shown;
  }

  /** An error without a place in the document; without a code when that is null. */
  Map<String, Object> error(String message, String code) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", message);
    if (code != null) {
      error.put("extensions", Map.of("code", code));
    }
    error.put("traceId", nextTrace());
    return error;
  }

  private String nextTrace() {
    return Long.toString(traces.incrementAndGet());
  }

  private static DataFetcherExceptionHandler errorsInside() {
    return failure -> {
      Throwable cause = failure.getException();
      String code = cause instanceof RailwayError error ? error.code() : "INTERNAL_SERVER_ERROR";
      String message =
          cause instanceof RailwayError ? cause.getMessage() : "Problem processing request";
      if (!(cause instanceof RailwayError)) {
        System.getLogger(Execution.class.getName())
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
