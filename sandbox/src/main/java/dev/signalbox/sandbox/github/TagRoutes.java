package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.GitRepository;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Annotated tags as objects, and the list of tags. */
final class TagRoutes {

  /** A tag object that the API made; it may have no ref yet. */
  private record Tag(String sha, String tag, String message, String object, Object tagger) {}

  private final Hub hub;
  private final GitRepository repository;
  private final Shapes shapes;
  private final Map<String, Tag> tags = new HashMap<>();

  TagRoutes(Hub hub, Shapes shapes) {
    this.hub = hub;
    this.repository = hub.repository();
    this.shapes = shapes;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/tags", this::list);
    table.inRepository("POST", "/git/tags", this::createTag);
    table.inRepository("GET", "/git/tags/{sha}", this::tag);
  }

  private Reply list(Request request) {
    List<String> names = new ArrayList<>(repository.refs("refs/tags/").keySet());
    Collections.reverse(names);
    return Pages.array(
        request,
        names,
        name -> {
          String sha = repository.resolve("refs/tags/" + name).orElse("");
          return Json.object(
              "name",
              name,
              "commit",
              Json.object("sha", sha, "url", shapes.url(request, "/commits/" + sha)),
              "zipball_url",
              shapes.url(request, "/zipball/refs/tags/" + name),
              "tarball_url",
              shapes.url(request, "/tarball/refs/tags/" + name),
              "node_id",
              "REF_" + name);
        });
  }

  private Reply createTag(Request request) {
    String name = request.required("Tag", "tag");
    String message = request.required("Tag", "message");
    String object = request.required("Tag", "object");
    String commit =
        repository.resolve(object).orElseThrow(() -> Refusal.of(422, "Object does not exist"));
    String sha = repository.writeTag(name, commit, message, hub.person(request.login()));
    Tag tag = new Tag(sha, name, message, commit, Shapes.person(hub.person(request.login())));
    tags.put(sha, tag);
    request.about(null, name);
    return Reply.done(201, shape(request, tag));
  }

  private Reply tag(Request request) {
    Tag tag = tags.get(request.path("sha"));
    if (tag == null) {
      throw Refusal.notFound();
    }
    return Reply.ok(shape(request, tag));
  }

  private Map<String, Object> shape(Request request, Tag tag) {
    return Json.object(
        "node_id",
        "TA_" + tag.sha(),
        "tag",
        tag.tag(),
        "sha",
        tag.sha(),
        "url",
        shapes.url(request, "/git/tags/" + tag.sha()),
        "message",
        tag.message(),
        "tagger",
        tag.tagger(),
        "object",
        Json.object(
            "sha",
            tag.object(),
            "type",
            "commit",
            "url",
            shapes.url(request, "/git/commits/" + tag.object())));
  }
}
