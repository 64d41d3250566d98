package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.GitRepository;
import dev.signalbox.sandbox.git.TreeEntry;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Files of a commit: read, written one at a time, and removed. */
final class ContentRoutes {

  private final Hub hub;
  private final GitRepository repository;
  private final Shapes shapes;
  private final Protection protection;

  ContentRoutes(Hub hub, Shapes shapes, Protection protection) {
    this.hub = hub;
    this.repository = hub.repository();
    this.shapes = shapes;
    this.protection = protection;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/contents", request -> read(request, ""));
    table.inRepository("GET", "/contents/", request -> read(request, ""));
    table.inRepository("GET", "/contents/{path*}", request -> read(request, request.path("path")));
    table.inRepository("PUT", "/contents/{path*}", this::write);
    table.inRepository("DELETE", "/contents/{path*}", this::remove);
  }

  private Reply read(Request request, String path) {
    String ref = request.query("ref").orElseGet(repository::defaultBranch);
    String sha =
        repository
            .resolve(ref)
            .orElseThrow(() -> Refusal.of(404, "No commit found for the ref " + ref));
    TreeEntry entry = repository.entry(sha, path).orElseThrow(Refusal::notFound);
    if (entry.type().equals("dir")) {
      return Reply.ok(
          repository.list(sha, path).stream().map(child -> shape(request, child, ref)).toList());
    }
    byte[] content = repository.read(sha, path).orElseThrow(Refusal::notFound);
    if (request.accepts("raw")) {
      return Reply.ok(content)
          .with("Content-Type", "application/vnd.github.raw+json; charset=utf-8");
    }
    Map<String, Object> shape = shape(request, entry, ref);
    shape.put("encoding", "base64");
    // In lines of 60 characters, as GitHub sends it.
    shape.put("content", Base64.getMimeEncoder(60, new byte[] {'\n'}).encodeToString(content));
    return Reply.ok(shape);
  }

  private Reply write(Request request) {
    String encoded = request.text("content").orElse(null);
    if (encoded == null) {
      throw Refusal.invalid("Content", "content", "missing_field");
    }
    byte[] content;
    try {
      content = Base64.getMimeDecoder().decode(encoded);
    } catch (IllegalArgumentException notBase64) {
      throw Refusal.of(422, "content is not valid Base64");
    }
    return change(request, content);
  }

  private Reply remove(Request request) {
    return change(request, null);
  }

  private Reply change(Request request, byte[] content) {
    String path = request.path("path");
    String branch = request.text("branch").orElseGet(repository::defaultBranch);
    request.about(branch, null);
    Optional<String> tip = repository.tip(branch);
    if (tip.isEmpty() && !repository.isEmpty()) {
      throw Refusal.of(404, "Branch " + branch + " not found");
    }
    Optional<TreeEntry> present = tip.flatMap(sha -> repository.entry(sha, path));
    guard(request, path, present, content == null);
    // The commit is new, so nothing can have been reported on it.
    protection
        .obstacle(branch, "")
        .or(() -> protection.directObstacle(branch))
        .ifPresent(
            obstacle -> {
              throw Refusal.of(409, "Could not change file: " + obstacle);
            });
    Map<String, byte[]> changes = new HashMap<>();
    changes.put(path, content);
    String message = request.required("Content", "message");
    String sha = repository.commit(branch, changes, message, hub.person(request.login()));
    Map<String, Object> body =
        Json.object(
            "content",
            repository.entry(sha, path).map(entry -> shape(request, entry, branch)).orElse(null),
            "commit",
            shapes.gitCommit(request, repository.commitAt(sha)));
    return Reply.done(present.isPresent() ? 200 : 201, body);
  }

  /** The blob's SHA protects against overwriting what the caller has not seen. */
  private static void guard(
      Request request, String path, Optional<TreeEntry> present, boolean removing) {
    Optional<String> seen = request.text("sha");
    if (present.isEmpty() && removing) {
      throw Refusal.notFound();
    }
    if (present.isPresent() && seen.isEmpty()) {
      throw Refusal.of(422, "Invalid request.\n\n\"sha\" wasn't supplied.");
    }
    if (present.isPresent() && !present.get().sha().equals(seen.get())) {
      throw Refusal.of(409, path + " does not match " + seen.get());
    }
  }

  private Map<String, Object> shape(Request request, TreeEntry entry, String ref) {
    String url = shapes.url(request, "/contents/" + entry.path() + "?ref=" + ref);
    String html = shapes.page(request, "/blob/" + ref + "/" + entry.path());
    String git =
        shapes.url(
            request, (entry.type().equals("dir") ? "/git/trees/" : "/git/blobs/") + entry.sha());
    return Json.object(
        "name",
        entry.name(),
        "path",
        entry.path(),
        "sha",
        entry.sha(),
        "size",
        entry.size(),
        "url",
        url,
        "html_url",
        html,
        "git_url",
        git,
        "download_url",
        null,
        "type",
        entry.type(),
        "_links",
        Json.object("self", url, "git", git, "html", html));
  }
}
