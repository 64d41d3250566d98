package dev.signalbox.sandbox.github;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Issues: found, opened, changed. */
final class IssueRoutes {

  private final Issues issues;
  private final Pulls pulls;
  private final IssueShapes shapes;

  IssueRoutes(Issues issues, Pulls pulls, IssueShapes shapes) {
    this.issues = issues;
    this.pulls = pulls;
    this.shapes = shapes;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/issues", this::list);
    table.inRepository("POST", "/issues", this::create);
    table.inRepository("GET", "/issues/{number}", this::get);
    table.inRepository("PATCH", "/issues/{number}", this::update);
    table.inRepository("POST", "/issues/{number}/assignees", this::assign);
    table.inRepository("DELETE", "/issues/{number}/assignees", this::unassign);
  }

  /** The issue that the path names; the journal hears which one it is. */
  static Issue find(Issues issues, Request request) {
    Issue issue = issues.get(request.number("number"));
    request.about(issue.pull().map(pull -> pull.base).orElse(null), issue.number);
    return issue;
  }

  private Reply list(Request request) {
    List<Issue> found = new ArrayList<>(issues.all().stream().filter(wanted(request)).toList());
    String sort = request.query("sort").orElse("created");
    found.sort(
        switch (sort) {
          case "updated" -> Comparator.comparing((Issue issue) -> issue.updatedAt);
          case "comments" -> Comparator.comparing((Issue issue) -> issue.comments);
          default -> Comparator.comparing((Issue issue) -> issue.number);
        });
    if (request.query("direction").orElse("desc").equals("desc")) {
      Collections.reverse(found);
    }
    return Pages.array(request, found, issue -> shapes.issue(request, issue));
  }

  private static Predicate<Issue> wanted(Request request) {
    String state = request.query("state").orElse("open");
    List<String> labels =
        request.query("labels").map(text -> Arrays.asList(text.split(","))).orElse(List.of());
    Optional<String> creator = request.query("creator");
    Optional<String> assignee = request.query("assignee").filter(login -> !login.equals("*"));
    Optional<Instant> since = request.query("since").map(IssueRoutes::time);
    return issue ->
        (state.equals("all") || issue.state().equals(state))
            && labels.stream().allMatch(label -> has(issue, label.strip()))
            && creator.map(issue.login::equals).orElse(true)
            && assignee.map(login -> assigned(issue, login)).orElse(true)
            && since.map(after -> !issue.updatedAt.isBefore(after)).orElse(true);
  }

  private static boolean has(Issue issue, String label) {
    return issue.labels.stream().anyMatch(label::equalsIgnoreCase);
  }

  private static boolean assigned(Issue issue, String login) {
    return login.equals("none") ? issue.assignees.isEmpty() : issue.assignees.contains(login);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException notATime) {
      throw Refusal.invalid("Issue", "since", "invalid");
    }
  }

  private Reply create(Request request) {
    Issue issue =
        issues.open(
            request.login(),
            request.required("Issue", "title"),
            request.text("body").orElse(null),
            request.texts("labels"),
            request.texts("assignees"));
    request.about(null, issue.number);
    return Reply.done(201, shapes.issue(request, issue));
  }

  private Reply get(Request request) {
    return Reply.ok(shapes.issue(request, find(issues, request)));
  }

  private Reply update(Request request) {
    Issue issue = find(issues, request);
    if (request.text("title").isPresent() || request.text("body").isPresent()) {
      issues.retitle(
          issue,
          request.text("title").orElse(issue.title),
          request.text("body").orElse(issue.body),
          request.login());
    }
    if (request.body().has("labels")) {
      issues.label(issue, request.texts("labels"), request.login());
    }
    if (request.body().has("assignees")) {
      issue.assignees.clear();
      issue.assignees.addAll(request.texts("assignees"));
      issues.touch(issue);
    }
    request.text("state").ifPresent(state -> turn(request, issue, state));
    return Reply.done(200, shapes.issue(request, issue));
  }

  private void turn(Request request, Issue issue, String state) {
    Optional<Pull> pull = issue.pull();
    if (pull.isPresent()) {
      pulls.turn(pull.get(), state, request.login());
    } else {
      issues.turn(issue, state, request.text("state_reason").orElse(null), request.login());
    }
  }

  private Reply assign(Request request) {
    Issue issue = find(issues, request);
    issue.assignees.addAll(request.texts("assignees"));
    issues.touch(issue);
    return Reply.done(201, shapes.issue(request, issue));
  }

  private Reply unassign(Request request) {
    Issue issue = find(issues, request);
    request.texts("assignees").forEach(issue.assignees::remove);
    issues.touch(issue);
    return Reply.done(200, shapes.issue(request, issue));
  }
}
