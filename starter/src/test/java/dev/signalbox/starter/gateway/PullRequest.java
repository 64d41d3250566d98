package dev.signalbox.starter.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.Secret;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A GitHub with the comments of one pull request, all of them an app's, and nothing else. */
final class PullRequest implements AutoCloseable {
  private static final String COMMENTS = "/repos/acme/inspector/issues/3/comments";

  private final Map<Integer, String> bodies = new ConcurrentSkipListMap<>();
  private final Map<Integer, String> written = new ConcurrentHashMap<>();
  private volatile boolean away;
  private volatile boolean hidden;
  private volatile boolean readOnly;
  private volatile boolean withoutReactions;
  private final Javalin server =
      Javalin.create(
              config -> {
                config.startup.showJavalinBanner = false;
                config.jetty.host = "127.0.0.1";
                config.routes.get("/user", PullRequest::tellNoApp);
                config.routes.get(COMMENTS, this::list);
                config.routes.post(COMMENTS, context -> put(context, bodies.size() + 100));
                config.routes.get("/repos/acme/inspector/issues/comments/{id}", this::show);
                config.routes.patch(
                    "/repos/acme/inspector/issues/comments/{id}",
                    context -> put(context, Integer.parseInt(context.pathParam("id"))));
                config.routes.post(
                    "/repos/acme/inspector/issues/comments/{id}/reactions", this::react);
                config.routes.get(
                    "/repos/acme/inspector/pulls/3",
                    context ->
                        context
                            .contentType("application/json")
                            .result(
                                "{\"number\":3,\"head\":{\"sha\":\"5\",\"ref\":\"b\"},"
                                    + "\"base\":{\"sha\":\"6\",\"ref\":\"main\"}}"));
              })
          .start(0);

  /** Another gateway's way to it. */
  CommentBoard board() {
    return new CommentBoard(
        new GitHubClient(
            URI.create("http://127.0.0.1:" + server.port()),
            new Secret("token-of-an-app"),
            Clock.systemUTC()),
        new Repository("acme", "inspector"));
  }

  /** What somebody wrote stands so now. */
  void write(int comment, String body) {
    written.put(comment, body);
  }

  void delete(int comment) {
    written.remove(comment);
  }

  /** From now on it shows no comment that is asked for by its number. */
  void goAway() {
    away = true;
  }

  /** From now on this token may not read a comment. */
  void hide() {
    hidden = true;
  }

  /** From now on this token may not write a comment. */
  void forbidWriting() {
    readOnly = true;
  }

  void forbidReactions() {
    withoutReactions = true;
  }

  /** What people read there. */
  String text() {
    return String.join("\n", bodies.values());
  }

  int comments() {
    return bodies.size();
  }

  /** GitHub tells no installation of an app who it is. */
  private static void tellNoApp(Context context) {
    context
        .status(403)
        .contentType("application/json")
        .result("{\"message\":\"Resource not accessible by integration\"}");
  }

  private void react(Context context) {
    boolean there = written.containsKey(Integer.parseInt(context.pathParam("id")));
    if (withoutReactions) {
      forbidden(context);
      return;
    }
    context.status(there ? 201 : 404).contentType("application/json").result("{}");
  }

  private void show(Context context) {
    int id = Integer.parseInt(context.pathParam("id"));
    context.contentType("application/json");
    if (hidden) {
      forbidden(context);
    } else if (away) {
      context.status(502).result("{}");
    } else if (written.containsKey(id)) {
      context.result(comment(id, written.get(id)).toString());
    } else {
      context.status(404).result("{\"message\":\"Not Found\"}");
    }
  }

  private void list(Context context) {
    ArrayNode all = JsonHttp.mapper().createArrayNode();
    bodies.forEach((id, body) -> all.add(comment(id, body)));
    context.contentType("application/json").result(all.toString());
  }

  private static void forbidden(Context context) {
    context
        .status(403)
        .contentType("application/json")
        .result("{\"message\":\"Resource not accessible by personal access token\"}");
  }

  private void put(Context context, int id) {
    if (readOnly) {
      forbidden(context);
      return;
    }
    JsonNode sent = json(context.body());
    bodies.put(id, sent.path("body").asText());
    context
        .status(201)
        .contentType("application/json")
        .result(comment(id, bodies.get(id)).toString());
  }

  private static ObjectNode comment(int id, String body) {
    ObjectNode comment = JsonHttp.mapper().createObjectNode().put("id", id).put("body", body);
    comment.putObject("user").put("login", "signalbox[bot]");
    return comment;
  }

  private static JsonNode json(String text) {
    try {
      return JsonHttp.mapper().readTree(text);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
