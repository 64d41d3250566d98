package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.Commit;
import dev.signalbox.sandbox.git.FileChange;
import dev.signalbox.sandbox.git.GitRepository;
import dev.signalbox.sandbox.git.Person;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Objects that appear inside many answers. */
final class Shapes {

  private final GitRepository repository;

  Shapes(GitRepository repository) {
    this.repository = repository;
  }

  /** The API's address of something in the repository. */
  String url(Place place, String path) {
    return place.base() + "/repos/" + repository.name() + path;
  }

  /** The site's address of something in the repository. */
  String page(Place place, String path) {
    return place.site() + "/" + repository.name() + path;
  }

  Map<String, Object> user(Place place, String login) {
    return login == null
        ? null
        : Json.object(
            "login",
            login,
            "id",
            id(login),
            "node_id",
            "U_" + Integer.toHexString(login.hashCode()),
            "avatar_url",
            "",
            "url",
            place.base() + "/users/" + login,
            "html_url",
            place.site() + "/" + login,
            "type",
            login.endsWith("[bot]") ? "Bot" : "User",
            "site_admin",
            false);
  }

  /** The repository, or a fork of it by somebody else. */
  Map<String, Object> repository(Place place, String owner) {
    Map<String, Object> shape = repository(place);
    if (!owner.equals(repository.owner())) {
      shape.put("full_name", owner + "/" + shape.get("name"));
      shape.put("owner", user(place, owner));
      shape.put("fork", true);
    }
    return shape;
  }

  Map<String, Object> repository(Place place) {
    String full = repository.name();
    return Json.object(
        "id",
        repositoryId(),
        "node_id",
        "R_" + Integer.toHexString(full.hashCode()),
        "name",
        full.substring(full.indexOf('/') + 1),
        "full_name",
        full,
        "private",
        true,
        "owner",
        user(place, repository.owner()),
        "html_url",
        page(place, ""),
        "description",
        null,
        "fork",
        false,
        "url",
        url(place, ""),
        "clone_url",
        page(place, ".git"),
        "default_branch",
        repository.defaultBranch(),
        "visibility",
        "private",
        "archived",
        false,
        "disabled",
        false,
        "has_issues",
        true,
        "allow_merge_commit",
        true,
        "allow_squash_merge",
        false,
        "allow_rebase_merge",
        false,
        "permissions",
        Json.object("admin", true, "maintain", true, "push", true, "triage", true, "pull", true));
  }

  /** Fits the int that some clients read it into. */
  private static long id(String name) {
    return name.hashCode() & Integer.MAX_VALUE;
  }

  long repositoryId() {
    return id(repository.name());
  }

  /** As in {@code git/commits}: what git itself knows. */
  Map<String, Object> gitCommit(Place place, Commit commit) {
    Map<String, Object> shape = Json.object("sha", commit.sha(), "node_id", "C_" + commit.sha());
    shape.put("url", url(place, "/git/commits/" + commit.sha()));
    shape.put("html_url", page(place, "/commit/" + commit.sha()));
    shape.putAll(inner(place, commit));
    shape.put("parents", parents(place, commit, "/git/commits/"));
    return shape;
  }

  /** As in the list of commits: with the accounts of its people. */
  Map<String, Object> commit(Place place, Commit commit) {
    Map<String, Object> inner = inner(place, commit);
    inner.put("url", url(place, "/git/commits/" + commit.sha()));
    inner.put("comment_count", 0);
    return Json.object(
        "url",
        url(place, "/commits/" + commit.sha()),
        "sha",
        commit.sha(),
        "node_id",
        "C_" + commit.sha(),
        "html_url",
        page(place, "/commit/" + commit.sha()),
        "comments_url",
        url(place, "/commits/" + commit.sha() + "/comments"),
        "commit",
        inner,
        "author",
        account(place, commit.author()),
        "committer",
        account(place, commit.committer()),
        "parents",
        parents(place, commit, "/commits/"));
  }

  private Map<String, Object> inner(Place place, Commit commit) {
    return Json.object(
        "author",
        person(commit.author()),
        "committer",
        person(commit.committer()),
        "message",
        commit.message().stripTrailing(),
        "tree",
        Json.object("sha", commit.tree(), "url", url(place, "/git/trees/" + commit.tree())),
        "verification",
        Json.object("verified", false, "reason", "unsigned", "signature", null, "payload", null));
  }

  private List<Map<String, Object>> parents(Place place, Commit commit, String path) {
    return commit.parents().stream()
        .map(
            parent ->
                Json.object(
                    "sha",
                    parent,
                    "url",
                    url(place, path + parent),
                    "html_url",
                    page(place, "/commit/" + parent)))
        .toList();
  }

  private Map<String, Object> account(Place place, Person person) {
    if (person.email().equals("noreply@github.com")) {
      return user(place, "web-flow");
    }
    return user(place, person.login().orElse(null));
  }

  /** One file of a comparison, a commit or a pull request. */
  Map<String, Object> file(Place place, FileChange change, String sha) {
    Map<String, Object> shape =
        Json.object(
            "sha",
            change.blob(),
            "filename",
            change.path(),
            "status",
            change.status(),
            "additions",
            change.additions(),
            "deletions",
            change.deletions(),
            "changes",
            change.additions() + change.deletions(),
            "blob_url",
            page(place, "/blob/" + sha + "/" + change.path()),
            "raw_url",
            page(place, "/raw/" + sha + "/" + change.path()),
            "contents_url",
            url(place, "/contents/" + change.path() + "?ref=" + sha));
    if (!change.patch().isEmpty()) {
      shape.put("patch", change.patch());
    }
    change.previous().ifPresent(path -> shape.put("previous_filename", path));
    return shape;
  }

  /** A name as one segment of an address. */
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static Map<String, Object> person(Person person) {
    return Json.object(
        "name", person.name(), "email", person.email(), "date", Json.time(person.at()));
  }
}
