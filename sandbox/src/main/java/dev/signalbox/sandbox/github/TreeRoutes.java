package dev.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.sandbox.git.Commit;
import dev.signalbox.sandbox.git.GitObjects;
import dev.signalbox.sandbox.git.GitRepository;
import dev.signalbox.sandbox.git.Person;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Git's own objects, made one by one: blobs, trees, commits. No ref moves. */
final class TreeRoutes {

  private final Hub hub;
  private final GitRepository repository;
  private final GitObjects objects;
  private final Shapes shapes;

  TreeRoutes(Hub hub, Shapes shapes) {
    this.hub = hub;
    this.repository = hub.repository();
    this.objects = repository.objects();
    this.shapes = shapes;
  }

  void addTo(RouteTable table) {
    table.inRepository("POST", "/git/blobs", this::createBlob);
    table.inRepository("GET", "/git/blobs/{sha}", this::blob);
    table.inRepository("POST", "/git/trees", this::createTree);
    table.inRepository("GET", "/git/trees/{tree*}", this::tree);
    table.inRepository("POST", "/git/commits", this::createCommit);
    table.inRepository("GET", "/git/commits/{sha}", this::commit);
  }

  private Reply createBlob(Request request) {
    String content =
        request
            .text("content")
            .orElseThrow(() -> Refusal.invalid("Blob", "content", "missing_field"));
    boolean base64 = request.text("encoding").filter("base64"::equals).isPresent();
    byte[] bytes = base64 ? decoded(content) : content.getBytes(StandardCharsets.UTF_8);
    String sha = objects.writeBlob(bytes);
    return Reply.done(
        201, Json.object("sha", sha, "url", shapes.url(request, "/git/blobs/" + sha)));
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw Refusal.of(422, "content is not valid Base64");
    }
  }

  private Reply blob(Request request) {
    String sha = request.path("sha");
    byte[] content = objects.blob(sha).orElseThrow(Refusal::notFound);
    if (request.accepts("raw")) {
      return Reply.ok(content)
          .with("Content-Type", "application/vnd.github.raw+json; charset=utf-8");
    }
    return Reply.ok(
        Json.object(
            "sha",
            sha,
            "node_id",
            "B_" + sha,
            "size",
            content.length,
            "url",
            shapes.url(request, "/git/blobs/" + sha),
            "encoding",
            "base64",
            "content",
            Base64.getMimeEncoder(60, new byte[] {'\n'}).encodeToString(content)));
  }

  private Reply createTree(Request request) {
    String base = request.text("base_tree").map(this::existingTree).orElse(null);
    List<GitObjects.Change> changes = new ArrayList<>();
    for (JsonNode entry : request.body().path("tree")) {
      changes.add(change(entry));
    }
    if (changes.isEmpty()) {
      throw Refusal.of(422, "Invalid tree info");
    }
    String sha = objects.writeTree(base, changes);
    return Reply.done(201, shape(request, sha, false));
  }

  private String existingTree(String sha) {
    return objects
        .tree(sha)
        .orElseThrow(() -> Refusal.of(422, "tree.sha " + sha + " is not a valid tree"));
  }

  /** An entry has the SHA of what is there, or its content; a SHA of null removes the path. */
  private GitObjects.Change change(JsonNode entry) {
    String path = entry.path("path").asText();
    String mode = entry.path("mode").asText("100644");
    if (path.isEmpty() || !mode.matches("100644|100755|040000|160000|120000")) {
      throw Refusal.of(422, "tree.path or tree.mode is not valid");
    }
    if (entry.hasNonNull("content")) {
      byte[] content = entry.get("content").asText().getBytes(StandardCharsets.UTF_8);
      return new GitObjects.Change(path, mode, objects.writeBlob(content));
    }
    String sha = entry.path("sha").asText(null);
    if (sha != null && !objects.exists(sha)) {
      throw Refusal.of(422, "tree.sha " + sha + " is not a valid object");
    }
    return new GitObjects.Change(path, mode, sha);
  }

  private Reply tree(Request request) {
    String name = request.path("tree");
    String sha =
        objects
            .tree(name)
            .or(() -> repository.resolve(name).flatMap(objects::tree))
            .orElseThrow(Refusal::notFound);
    return Reply.ok(shape(request, sha, request.query("recursive").isPresent()));
  }

  private Map<String, Object> shape(Request request, String sha, boolean recursive) {
    return Json.object(
        "sha",
        sha,
        "url",
        shapes.url(request, "/git/trees/" + sha),
        "tree",
        objects.entries(sha, recursive).stream().map(entry -> shape(request, entry)).toList(),
        "truncated",
        false);
  }

  private Map<String, Object> shape(Request request, GitObjects.Entry entry) {
    Map<String, Object> shape =
        Json.object(
            "path", entry.path(), "mode", entry.mode(), "type", entry.type(), "sha", entry.sha());
    if (entry.type().equals("blob")) {
      shape.put("size", entry.size());
    }
    shape.put("url", shapes.url(request, "/git/" + entry.type() + "s/" + entry.sha()));
    return shape;
  }

  private Reply createCommit(Request request) {
    String message = request.required("Commit", "message");
    String tree = request.required("Commit", "tree");
    if (objects.tree(tree).isEmpty()) {
      throw Refusal.of(422, "Tree SHA does not exist");
    }
    List<String> parents = request.texts("parents");
    for (String parent : parents) {
      if (repository.resolve(parent).filter(parent::equals).isEmpty()) {
        throw Refusal.of(422, "Parent SHA does not exist or is not a commit object");
      }
    }
    Person author = person(request, "author", hub.person(request.login()));
    Person committer = person(request, "committer", author);
    String sha = repository.writeCommit(tree, parents, message, author, committer);
    return Reply.done(201, shapes.gitCommit(request, repository.commitAt(sha)));
  }

  private static Person person(Request request, String field, Person otherwise) {
    JsonNode given = request.body().path(field);
    return given.isObject()
        ? new Person(
            given.path("name").asText(otherwise.name()),
            given.path("email").asText(otherwise.email()),
            given.hasNonNull("date") ? time(given.get("date").asText()) : otherwise.at())
        : otherwise;
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException notATime) {
      throw Refusal.of(422, "Invalid request.\n\n\"" + text + "\" is not a valid date-time.");
    }
  }

  private Reply commit(Request request) {
    String sha = request.path("sha");
    if (repository.resolve(sha).filter(sha::equals).isEmpty()) {
      throw Refusal.notFound();
    }
    Commit commit = repository.commitAt(sha);
    return Reply.ok(shapes.gitCommit(request, commit));
  }
}
