package dev.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.sandbox.Call;
import dev.signalbox.sandbox.Target;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One call as the endpoints see it. */
final class Request implements Place {

  private final Context ctx;
  private final Call call;
  private final Map<String, String> path;
  private final String base;
  private final String login;
  private JsonNode body;

  /**
   * @param path the decoded parts of the path by their names in the template
   * @param base what the caller put before {@code /repos}, so that {@code url} fields lead back
   * @param login the account of the token
   */
  Request(Context ctx, Call call, Map<String, String> path, String base, String login) {
    this.ctx = ctx;
    this.call = call;
    this.path = path;
    this.base = base;
    this.login = login;
  }

  @Override
  public String base() {
    return base;
  }

  String login() {
    return login;
  }

  String path(String name) {
    return path.get(name);
  }

  /** An id or number of the path; one that is no number names nothing. */
  long number(String name) {
    try {
      return Long.parseLong(path(name));
    } catch (NumberFormatException notANumber) {
      throw Refusal.notFound();
    }
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(ctx.queryParam(name)).filter(value -> !value.isEmpty());
  }

  String rawPath() {
    return ctx.req().getRequestURI();
  }

  Map<String, List<String>> queries() {
    return ctx.queryParamMap();
  }

  boolean accepts(String word) {
    String accept = ctx.header("Accept");
    return accept != null && accept.contains(word);
  }

  @Override
  public boolean before2026() {
    return !"2026-03-10".equals(ctx.header("X-GitHub-Api-Version"));
  }

  JsonNode body() {
    if (body == null) {
      body = Json.read(ctx.bodyAsBytes());
    }
    return body;
  }

  Optional<String> text(String field) {
    return body().hasNonNull(field) ? Optional.of(body().get(field).asText()) : Optional.empty();
  }

  /** The elements of a list in the body, where an object stands for its {@code name}. */
  List<String> texts(String field) {
    return names(body().path(field));
  }

  /** The body is a list itself. */
  boolean isList() {
    return Json.any(ctx.bodyAsBytes()).isArray();
  }

  /** The elements of such a body. */
  List<String> list() {
    return names(Json.any(ctx.bodyAsBytes()));
  }

  private static List<String> names(JsonNode array) {
    List<String> names = new ArrayList<>();
    array.forEach(one -> names.add(one.isObject() ? one.path("name").asText() : one.asText()));
    return names;
  }

  String required(String resource, String field) {
    return text(field)
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> Refusal.invalid(resource, field, "missing_field"));
  }

  boolean flag(String field, boolean absent) {
    return body().hasNonNull(field) ? body().get(field).asBoolean() : absent;
  }

  /** Names for the journal what the call is about. */
  void about(String branch, Object id) {
    Target target = call.target();
    if (branch != null) {
      target = target.withBranch(branch);
    }
    if (id != null) {
      target = target.withId(id.toString());
    }
    call.target(target);
  }
}
