package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.Commit;
import dev.signalbox.sandbox.git.Person;
import java.util.List;
import java.util.Map;

/** Objects that appear inside many answers. */
final class Shapes {

  private final Hub hub;

  Shapes(Hub hub) {
    this.hub = hub;
  }

  /** The API's address of something in the repository. */
  String url(Request request, String path) {
    return request.base() + "/repos/" + hub.repository().name() + path;
  }

  /** The site's address of something in the repository. */
  String page(Request request, String path) {
    return request.site() + "/" + hub.repository().name() + path;
  }

  Map<String, Object> user(Request request, String login) {
    return login == null
        ? null
        : Json.object(
            "login",
            login,
            "id",
            Integer.toUnsignedLong(login.hashCode()),
            "node_id",
            "U_" + Integer.toHexString(login.hashCode()),
            "avatar_url",
            "",
            "url",
            request.base() + "/users/" + login,
            "html_url",
            request.site() + "/" + login,
            "type",
            login.endsWith("[bot]") ? "Bot" : "User",
            "site_admin",
            false);
  }

  Map<String, Object> repository(Request request) {
    String full = hub.repository().name();
    return Json.object(
        "id",
        Integer.toUnsignedLong(full.hashCode()),
        "node_id",
        "R_" + Integer.toHexString(full.hashCode()),
        "name",
        full.substring(full.indexOf('/') + 1),
        "full_name",
        full,
        "private",
        true,
        "owner",
        user(request, hub.repository().owner()),
        "html_url",
        page(request, ""),
        "description",
        null,
        "fork",
        false,
        "url",
        url(request, ""),
        "clone_url",
        page(request, ".git"),
        "default_branch",
        hub.repository().defaultBranch(),
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

  /** As in {@code git/commits}: what git itself knows. */
  Map<String, Object> gitCommit(Request request, Commit commit) {
    Map<String, Object> shape = Json.object("sha", commit.sha(), "node_id", "C_" + commit.sha());
    shape.put("url", url(request, "/git/commits/" + commit.sha()));
    shape.put("html_url", page(request, "/commit/" + commit.sha()));
    shape.putAll(inner(request, commit));
    shape.put("parents", parents(request, commit, "/git/commits/"));
    return shape;
  }

  /** As in the list of commits: with the accounts of its people. */
  Map<String, Object> commit(Request request, Commit commit) {
    Map<String, Object> inner = inner(request, commit);
    inner.put("url", url(request, "/git/commits/" + commit.sha()));
    inner.put("comment_count", 0);
    return Json.object(
        "url",
        url(request, "/commits/" + commit.sha()),
        "sha",
        commit.sha(),
        "node_id",
        "C_" + commit.sha(),
        "html_url",
        page(request, "/commit/" + commit.sha()),
        "comments_url",
        url(request, "/commits/" + commit.sha() + "/comments"),
        "commit",
        inner,
        "author",
        account(request, commit.author()),
        "committer",
        account(request, commit.committer()),
        "parents",
        parents(request, commit, "/commits/"));
  }

  private Map<String, Object> inner(Request request, Commit commit) {
    return Json.object(
        "author",
        person(commit.author()),
        "committer",
        person(commit.committer()),
        "message",
        commit.message().stripTrailing(),
        "tree",
        Json.object("sha", commit.tree(), "url", url(request, "/git/trees/" + commit.tree())),
        "verification",
        Json.object("verified", false, "reason", "unsigned", "signature", null, "payload", null));
  }

  private List<Map<String, Object>> parents(Request request, Commit commit, String path) {
    return commit.parents().stream()
        .map(
            parent ->
                Json.object(
                    "sha",
                    parent,
                    "url",
                    url(request, path + parent),
                    "html_url",
                    page(request, "/commit/" + parent)))
        .toList();
  }

  private Map<String, Object> account(Request request, Person person) {
    if (person.email().equals("noreply@github.com")) {
      return user(request, "web-flow");
    }
    return user(request, person.login().orElse(null));
  }

  static Map<String, Object> person(Person person) {
    return Json.object(
        "name", person.name(), "email", person.email(), "date", Json.time(person.at()));
  }
}
