package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.Commit;
import dev.signalbox.sandbox.git.Comparison;
import dev.signalbox.sandbox.git.FileChange;
import dev.signalbox.sandbox.git.GitRepository;
import dev.signalbox.sandbox.git.Person;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Commits, their history and comparisons. */
final class CommitRoutes {

  /** However big the difference; source: "Compare two commits". */
  private static final int MOST_FILES = 300;

  private static final int UNPAGED_COMMITS = 250;

  private final Hub hub;
  private final GitRepository repository;
  private final Shapes shapes;

  CommitRoutes(Hub hub, Shapes shapes) {
    this.hub = hub;
    this.repository = hub.repository();
    this.shapes = shapes;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/commits", this::list);
    table.inRepository("GET", "/commits/{ref*}", this::get);
    table.inRepository("GET", "/compare/{basehead*}", this::compare);
  }

  private Reply list(Request request) {
    if (repository.isEmpty()) {
      throw Refusal.of(409, "Git Repository is empty.");
    }
    String from = request.query("sha").orElseGet(repository::defaultBranch);
    String sha = repository.resolve(from).orElseThrow(Refusal::notFound);
    List<Commit> found = repository.log(sha).stream().filter(wanted(request)).toList();
    return Pages.array(request, found, commit -> shapes.commit(request, commit));
  }

  private Predicate<Commit> wanted(Request request) {
    Optional<String> path = request.query("path");
    Optional<String> author = request.query("author");
    Optional<Instant> since = request.query("since").map(CommitRoutes::time);
    Optional<Instant> until = request.query("until").map(CommitRoutes::time);
    return commit ->
        path.map(wanted -> touches(commit, wanted)).orElse(true)
            && author.map(wanted -> by(commit.author(), wanted)).orElse(true)
            && since.map(from -> !commit.committer().at().isBefore(from)).orElse(true)
            && until.map(to -> !commit.committer().at().isAfter(to)).orElse(true);
  }

  private boolean touches(Commit commit, String path) {
    String before = commit.parents().isEmpty() ? null : commit.parents().get(0);
    return repository.changedPaths(before, commit.sha()).stream()
        .anyMatch(changed -> changed.equals(path) || changed.startsWith(path + "/"));
  }

  private static boolean by(Person author, String wanted) {
    return author.email().equalsIgnoreCase(wanted)
        || author.login().filter(wanted::equalsIgnoreCase).isPresent();
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException notATime) {
      throw Refusal.of(422, "Invalid request.\n\n\"" + text + "\" is not a valid date-time.");
    }
  }

  private Reply get(Request request) {
    Commit commit = hub.commit(request.path("ref"));
    if (request.accepts("application/vnd.github.sha")
        || request.accepts("application/vnd.github.v3.sha")) {
      return Reply.ok(commit.sha().getBytes(StandardCharsets.UTF_8))
          .with("Content-Type", "application/vnd.github.sha; charset=utf-8");
    }
    Map<String, Object> shape = shapes.commit(request, commit);
    if (!commit.parents().isEmpty()) {
      List<FileChange> changes = repository.changes(commit.parents().get(0), commit.sha());
      int additions = changes.stream().mapToInt(FileChange::additions).sum();
      int deletions = changes.stream().mapToInt(FileChange::deletions).sum();
      shape.put(
          "stats",
          Json.object(
              "total", additions + deletions, "additions", additions, "deletions", deletions));
      shape.put("files", files(request, changes, commit.sha()));
    }
    return Reply.ok(shape);
  }

  private Reply compare(Request request) {
    String[] sides = request.path("basehead").split("\\.\\.\\.", 2);
    if (sides.length < 2) {
      throw Refusal.notFound();
    }
    String base = side(sides[0]);
    String head = side(sides[1]);
    Comparison comparison = repository.compare(base, head);
    Commit mergeBase =
        comparison
            .mergeBase()
            .orElseThrow(
                () ->
                    Refusal.of(
                        404, "No common ancestor between " + sides[0] + " and " + sides[1] + "."));
    boolean paged = request.query("page").isPresent() || request.query("per_page").isPresent();
    List<Commit> commits = comparison.commits();
    List<Object> shown =
        paged
            ? Pages.shaped(request, commits, commit -> shapes.commit(request, commit))
            : commits
                .subList(Math.max(0, commits.size() - UNPAGED_COMMITS), commits.size())
                .stream()
                .<Object>map(commit -> shapes.commit(request, commit))
                .toList();
    List<Map<String, Object>> files =
        Pages.page(request) == 1
            ? files(request, repository.changes(mergeBase.sha(), head), head)
            : List.of();
    String address = shapes.page(request, "/compare/" + request.path("basehead"));
    Map<String, Object> body =
        Json.object(
            "url",
            shapes.url(request, "/compare/" + request.path("basehead")),
            "html_url",
            address,
            "permalink_url",
            address,
            "diff_url",
            address + ".diff",
            "patch_url",
            address + ".patch",
            "base_commit",
            shapes.commit(request, comparison.base()),
            "merge_base_commit",
            shapes.commit(request, mergeBase),
            "status",
            comparison.status(),
            "ahead_by",
            comparison.aheadBy(),
            "behind_by",
            comparison.behindBy(),
            "total_commits",
            comparison.aheadBy(),
            "commits",
            shown,
            "files",
            files);
    Reply reply = Reply.ok(body);
    return paged ? Pages.linked(request, commits.size(), reply) : reply;
  }

  /** {@code OWNER:branch} is allowed; there is one repository, so only its owner is known. */
  private String side(String text) {
    String prefix = repository.owner() + ":";
    String ref = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    return repository.resolve(ref).orElseThrow(Refusal::notFound);
  }

  private List<Map<String, Object>> files(Request request, List<FileChange> changes, String sha) {
    return changes.stream().limit(MOST_FILES).map(file -> shapes.file(request, file, sha)).toList();
  }
}
