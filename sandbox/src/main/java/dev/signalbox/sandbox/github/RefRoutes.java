package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.GitRepository;
import dev.signalbox.sandbox.git.RefResult;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** Git's refs. */
final class RefRoutes {

  private static final String HEADS = "refs/heads/";

  private final GitRepository repository;
  private final Shapes shapes;
  private final Protection protection;

  RefRoutes(Hub hub, Shapes shapes, Protection protection) {
    this.repository = hub.repository();
    this.shapes = shapes;
    this.protection = protection;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/git/ref/{ref*}", this::get);
    table.inRepository("GET", "/git/matching-refs/{ref*}", this::matching);
    // The url of a ref has the plural; clients that follow it come here.
    table.inRepository("GET", "/git/refs/{ref*}", this::get);
    table.inRepository("POST", "/git/refs", this::create);
    table.inRepository("PATCH", "/git/refs/{ref*}", this::update);
    table.inRepository("DELETE", "/git/refs/{ref*}", this::delete);
  }

  private Reply get(Request request) {
    if (repository.isEmpty()) {
      throw Refusal.of(409, "Git Repository is empty.");
    }
    String ref = "refs/" + request.path("ref");
    about(request, ref);
    String object = repository.refs("refs/").get(request.path("ref"));
    if (object == null) {
      throw Refusal.notFound();
    }
    return Reply.ok(shape(request, ref, object));
  }

  private Reply matching(Request request) {
    NavigableMap<String, String> refs = repository.refs("refs/");
    return Pages.array(
        request,
        refs.keySet().stream().filter(name -> name.startsWith(request.path("ref"))).toList(),
        name -> shape(request, "refs/" + name, refs.get(name)));
  }

  private Reply create(Request request) {
    String ref = request.required("Reference", "ref");
    String sha = request.required("Reference", "sha");
    about(request, ref);
    if (!ref.startsWith("refs/") || ref.chars().filter(letter -> letter == '/').count() < 2) {
      throw Refusal.of(422, "Reference name must start with 'refs/' and contain at least two '/'.");
    }
    if (repository.isEmpty()) {
      throw Refusal.of(409, "Git Repository is empty.");
    }
    refuse(repository.createRef(ref, sha));
    return Reply.done(201, shape(request, ref, sha));
  }

  private Reply update(Request request) {
    String ref = "refs/" + request.path("ref");
    String sha = request.required("Reference", "sha");
    about(request, ref);
    if (!repository.refs("refs/").containsKey(request.path("ref"))) {
      throw Refusal.of(422, "Reference does not exist");
    }
    if (ref.startsWith(HEADS)) {
      refuseUnready(ref.substring(HEADS.length()), sha);
    }
    RefResult result = repository.moveRef(ref, sha, request.flag("force", false));
    if (result == RefResult.UNCHANGED) {
      return Reply.ok(shape(request, ref, sha));
    }
    refuse(result);
    return Reply.done(200, shape(request, ref, sha));
  }

  /** A protected branch takes what is green, straight where it must be, and reviewed. */
  private void refuseUnready(String branch, String sha) {
    Optional<String> before = repository.tip(branch);
    protection
        .obstacle(branch, sha)
        .or(() -> protection.directObstacle(branch))
        .or(
            () ->
                before.isPresent() && repository.resolve(sha).isPresent()
                    ? protection.mergeObstacle(branch, before.get(), sha)
                    : Optional.empty())
        .ifPresent(
            obstacle -> {
              throw Refusal.of(422, obstacle);
            });
  }

  private Reply delete(Request request) {
    String ref = "refs/" + request.path("ref");
    about(request, ref);
    refuse(repository.deleteRef(ref));
    return new Reply(204, null, Map.of(), true);
  }

  private static void refuse(RefResult result) {
    switch (result) {
      case ALREADY_EXISTS -> throw Refusal.of(422, "Reference already exists");
      case NO_SUCH_OBJECT -> throw Refusal.of(422, "Object does not exist");
      case NO_SUCH_REF -> throw Refusal.of(422, "Reference does not exist");
      case NOT_FAST_FORWARD -> throw Refusal.of(422, "Update is not a fast forward");
      case INVALID_NAME -> throw Refusal.of(422, "Reference name is not valid");
      case DONE, UNCHANGED -> {}
    }
  }

  private Map<String, Object> shape(Request request, String ref, String object) {
    boolean annotated = !repository.resolve(object).map(object::equals).orElse(false);
    return Json.object(
        "ref",
        ref,
        "node_id",
        "REF_" + ref,
        "url",
        shapes.url(request, "/git/" + ref),
        "object",
        Json.object(
            "sha",
            object,
            "type",
            annotated ? "tag" : "commit",
            "url",
            shapes.url(request, "/git/" + (annotated ? "tags/" : "commits/") + object)));
  }

  private static void about(Request request, String ref) {
    if (ref.startsWith(HEADS)) {
      request.about(ref.substring(HEADS.length()), null);
    } else {
      request.about(null, ref);
    }
  }
}
