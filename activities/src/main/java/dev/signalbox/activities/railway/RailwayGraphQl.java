package dev.signalbox.activities.railway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.activities.http.Answer;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.http.Credential;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One GraphQL request to Railway, and what its reply means. */
final class RailwayGraphQl {
  private final URI endpoint;
  private final Secret token;
  private final String variable;
  private final JsonHttp http;
  private volatile Credential credential;

  /**
   * @param variable the worker's, that holds the token
   */
  RailwayGraphQl(URI endpoint, Secret token, String variable, Clock clock) {
    this.endpoint = endpoint;
    this.token = token;
    this.variable = variable;
    this.http = new JsonHttp("Railway", variable, clock, List.of(token));
  }

  /**
   * Finds out once which kind of token we have, because a project token travels in another header.
   * One request on the first call.
   *
   * @see <a href="https://docs.railway.com/integrations/api#creating-a-token">Creating a token</a>
   */
  Credential credential() {
    Credential known = credential;
    if (known == null) {
      known = ask();
      credential = known;
    }
    return known;
  }

  private Credential ask() {
    Credential project = new Credential("Project-Access-Token", "", token);
    String tried = "ask which kind of token this is";
    try {
      send(tried, GraphQlOperation.PROJECT_TOKEN, Map.of(), project);
      return project;
    } catch (ApiException e) {
      if (e.is(Kind.REJECTED) || e.is(Kind.NOT_FOUND)) {
        return Credential.bearer(token);
      }
      throw e;
    }
  }

  JsonNode query(String tried, GraphQlOperation operation, Map<String, ?> variables) {
    return send(tried, operation, variables, credential());
  }

  /** What it answers is secret: it stands in no message of a failure. */
  JsonNode secretly(String tried, GraphQlOperation operation, Map<String, ?> variables) {
    Answer answer = http.post(tried, endpoint, body(operation, variables), credential());
    return read(answer, withheld(answer));
  }

  private static Answer withheld(Answer answer) {
    return new Answer(
        answer.tried(),
        answer.method(),
        answer.url(),
        answer.status(),
        answer.headers(),
        "(not shown: it may hold secrets)");
  }

  EventLine listen(
      GraphQlOperation operation, Map<String, ?> variables, EventLine.Listener listener) {
    EventLine line = new EventLine(body(operation, variables), listener);
    line.opened(http.socket(endpoint, EventLine.PROTOCOL, credential(), line));
    return line;
  }

  private JsonNode send(
      String tried, GraphQlOperation operation, Map<String, ?> variables, Credential as) {
    return read(http.post(tried, endpoint, body(operation, variables), as));
  }

  JsonNode sendOnce(
      String tried,
      GraphQlOperation operation,
      Map<String, ?> variables,
      Credential as,
      Instant deadline) {
    return read(http.postOnce(tried, endpoint, body(operation, variables), as, deadline));
  }

  private static ObjectNode body(GraphQlOperation operation, Map<String, ?> variables) {
    ObjectNode body = JsonHttp.mapper().createObjectNode();
    body.put("query", operation.document());
    body.set("variables", JsonHttp.mapper().valueToTree(variables));
    return body.put("operationName", operation.operationName());
  }

  /** The data of a reply that has nothing but data. */
  private JsonNode read(Answer answer) {
    return read(answer, answer);
  }

  /**
   * @param told what a failure may quote of the answer
   */
  private JsonNode read(Answer answer, Answer told) {
    // A 429's body may be anything, and a 5xx's says nothing about what was done.
    if (answer.status() == 429 || answer.status() >= 500) {
      throw http.refused(told);
    }
    JsonNode reply = parse(answer, told);
    JsonNode errors = reply.path("errors");
    if (!errors.isMissingNode() && !errors.isNull()) {
      RailwayErrors.Meaning meaning = RailwayErrors.of(errors, reply.path("data"), variable);
      throw http.exception(
          meaning.kind(), told, said(told, errors), meaning.next(), meaning.delay());
    }
    if (!answer.ok()) {
      throw http.refused(told);
    }
    if (!reply.path("data").isObject()) {
      throw http.exception(
          Kind.UNKNOWN_OUTCOME,
          told,
          "no data: " + http.quote(told.text()),
          "read the state back before trying again",
          null);
    }
    return reply.path("data");
  }

  private JsonNode parse(Answer answer, Answer told) {
    try {
      return JsonHttp.mapper().readTree(answer.text());
    } catch (JsonProcessingException e) {
      if (!answer.ok()) {
        throw http.refused(told);
      }
      throw http.exception(
          Kind.UNKNOWN_OUTCOME,
          told,
          "not JSON: " + http.quote(told.text()),
          "read the state back before trying again",
          null);
    }
  }

  /** With the trace id, by which Railway's support finds the request. */
  private String said(Answer answer, JsonNode errors) {
    JsonNode first = errors.path(0);
    JsonNode trace =
        first.has("traceId") ? first.get("traceId") : first.path("extensions").path("traceId");
    String quote = http.quote(answer.text());
    return trace.isMissingNode() ? quote : quote + " (traceId " + trace.asText() + ")";
  }

  <T> T convert(String tried, JsonNode node, TypeReference<T> type) {
    try {
      T value = JsonHttp.mapper().readerFor(type).readValue(node);
      if (value == null) {
        throw unclear(tried, "an answer without what was asked for");
      }
      return value;
    } catch (IOException e) {
      throw unclear(tried, "an answer of another shape: " + e.getMessage());
    }
  }

  ApiException unclear(String tried, String said) {
    return http.exception(
        Kind.UNKNOWN_OUTCOME,
        new Answer(tried, "POST", endpoint.toString(), 200, JsonHttp.noHeaders(), ""),
        said,
        "read the state back before trying again",
        null);
  }
}
