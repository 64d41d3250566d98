package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.GitRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Releases. */
final class ReleaseRoutes {

  private record Release(
      long id,
      String tag,
      String target,
      String name,
      String body,
      boolean draft,
      boolean prerelease,
      String login,
      Instant at) {}

  private final Hub hub;
  private final GitRepository repository;
  private final Shapes shapes;
  private final List<Release> releases = new ArrayList<>();

  ReleaseRoutes(Hub hub, Shapes shapes) {
    this.hub = hub;
    this.repository = hub.repository();
    this.shapes = shapes;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/releases", this::list);
    table.inRepository("POST", "/releases", this::create);
    table.inRepository("GET", "/releases/latest", request -> one(request, latest()));
    table.inRepository(
        "GET", "/releases/tags/{tag*}", request -> one(request, tagged(request.path("tag"))));
    table.inRepository("GET", "/releases/{id}", this::get);
    table.inRepository("PATCH", "/releases/{id}", this::update);
    table.inRepository("DELETE", "/releases/{id}", this::delete);
    table.inRepository("GET", "/releases/{id}/assets", request -> Reply.ok(List.of()));
  }

  private Reply list(Request request) {
    List<Release> newestFirst = new ArrayList<>(releases);
    Collections.reverse(newestFirst);
    return Pages.array(request, newestFirst, release -> shape(request, release));
  }

  private Reply create(Request request) {
    String tag = request.required("Release", "tag_name");
    String target = request.text("target_commitish").orElseGet(repository::defaultBranch);
    if (tagged(tag).isPresent()) {
      throw Refusal.invalid("Release", "tag_name", "already_exists");
    }
    String sha =
        repository
            .resolve(target)
            .orElseThrow(() -> Refusal.invalid("Release", "target_commitish", "invalid"));
    boolean draft = request.flag("draft", false);
    if (!draft) {
      // An existing tag stays where it is; the target is then ignored.
      repository.createRef("refs/tags/" + tag, sha);
    }
    Release release =
        new Release(
            hub.nextId(),
            tag,
            target,
            request.text("name").orElse(null),
            request.text("body").orElse(null),
            draft,
            request.flag("prerelease", false),
            request.login(),
            hub.now());
    releases.add(release);
    request.about(null, tag);
    announce(draft ? "created" : "published", release);
    return Reply.done(201, shape(request, release));
  }

  private Optional<Release> tagged(String tag) {
    return releases.stream()
        .filter(release -> release.tag().equals(tag) && !release.draft())
        .findFirst();
  }

  private Optional<Release> latest() {
    return releases.stream()
        .filter(release -> !release.draft() && !release.prerelease())
        .reduce((before, after) -> after);
  }

  private Reply get(Request request) {
    return Reply.ok(shape(request, find(request)));
  }

  private Release find(Request request) {
    long id = request.number("id");
    return releases.stream()
        .filter(release -> release.id() == id)
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }

  /** A draft that is one no longer gets its tag. */
  private Reply update(Request request) {
    Release before = find(request);
    Release after =
        new Release(
            before.id(),
            request.text("tag_name").orElse(before.tag()),
            request.text("target_commitish").orElse(before.target()),
            request.text("name").orElse(before.name()),
            request.text("body").orElse(before.body()),
            request.flag("draft", before.draft()),
            request.flag("prerelease", before.prerelease()),
            before.login(),
            before.at());
    if (before.draft() && !after.draft()) {
      String sha =
          repository
              .resolve(after.target())
              .orElseThrow(() -> Refusal.invalid("Release", "target_commitish", "invalid"));
      repository.createRef("refs/tags/" + after.tag(), sha);
    }
    releases.set(releases.indexOf(before), after);
    request.about(null, after.tag());
    announce(before.draft() && !after.draft() ? "published" : "edited", after);
    return Reply.done(200, shape(request, after));
  }

  /** The tag stays. */
  private Reply delete(Request request) {
    Release release = find(request);
    releases.remove(release);
    request.about(null, release.tag());
    announce("deleted", release);
    return Reply.done(204, null);
  }

  private void announce(String action, Release release) {
    hub.announce(
        "release", action, release.login(), place -> Json.object("release", shape(place, release)));
  }

  private Reply one(Request request, Optional<Release> release) {
    return Reply.ok(shape(request, release.orElseThrow(Refusal::notFound)));
  }

  private Map<String, Object> shape(Place place, Release release) {
    return Json.object(
        "url",
        shapes.url(place, "/releases/" + release.id()),
        "html_url",
        shapes.page(place, "/releases/tag/" + release.tag()),
        "assets_url",
        shapes.url(place, "/releases/" + release.id() + "/assets"),
        "upload_url",
        shapes.url(place, "/releases/" + release.id() + "/assets{?name,label}"),
        "id",
        release.id(),
        "node_id",
        "RE_" + release.id(),
        "tag_name",
        release.tag(),
        "target_commitish",
        release.target(),
        "name",
        release.name(),
        "body",
        release.body(),
        "draft",
        release.draft(),
        "prerelease",
        release.prerelease(),
        "created_at",
        Json.time(release.at()),
        "published_at",
        release.draft() ? null : Json.time(release.at()),
        "author",
        shapes.user(place, release.login()),
        "tarball_url",
        shapes.url(place, "/tarball/" + release.tag()),
        "zipball_url",
        shapes.url(place, "/zipball/" + release.tag()),
        "assets",
        List.of());
  }
}
