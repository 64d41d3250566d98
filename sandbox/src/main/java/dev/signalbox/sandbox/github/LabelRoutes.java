package dev.signalbox.sandbox.github;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Labels of the repository, and of one issue or pull request. */
final class LabelRoutes {

  private final Issues issues;
  private final Labels labels;
  private final IssueShapes shapes;

  LabelRoutes(Issues issues, Labels labels, IssueShapes shapes) {
    this.issues = issues;
    this.labels = labels;
    this.shapes = shapes;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/labels", this::list);
    table.inRepository("POST", "/labels", this::create);
    table.inRepository("GET", "/labels/{name}", this::get);
    table.inRepository("PATCH", "/labels/{name}", this::update);
    table.inRepository("DELETE", "/labels/{name}", this::delete);
    table.inRepository("GET", "/issues/{number}/labels", this::listOfIssue);
    table.inRepository("POST", "/issues/{number}/labels", this::add);
    table.inRepository("PUT", "/issues/{number}/labels", this::set);
    table.inRepository("DELETE", "/issues/{number}/labels", this::clear);
    table.inRepository("DELETE", "/issues/{number}/labels/{name}", this::remove);
  }

  private Reply list(Request request) {
    return Pages.array(request, labels.all(), label -> shapes.label(request, label));
  }

  private Reply create(Request request) {
    Labels.Label label =
        labels.create(
            request.required("Label", "name"), request.text("color"), request.text("description"));
    return Reply.done(201, shapes.label(request, label));
  }

  private Labels.Label find(Request request) {
    request.about(null, request.path("name"));
    return labels.find(request.path("name")).orElseThrow(Refusal::notFound);
  }

  private Reply get(Request request) {
    return Reply.ok(shapes.label(request, find(request)));
  }

  private Reply update(Request request) {
    Labels.Label before = find(request);
    Labels.Label after =
        new Labels.Label(
            before.id(),
            request.text("new_name").or(() -> request.text("name")).orElse(before.name()),
            request.text("color").orElse(before.color()),
            request.text("description").orElse(before.description()),
            before.ofItsOwn());
    labels.replace(before, after);
    issues.rename(before.name(), after.name());
    return Reply.done(200, shapes.label(request, after));
  }

  private Reply delete(Request request) {
    Labels.Label label = find(request);
    labels.remove(label);
    issues.rename(label.name(), null);
    return Reply.done(204, null);
  }

  private Reply listOfIssue(Request request) {
    return Pages.array(
        request,
        shapes.labels(request, IssueRoutes.find(issues, request)),
        label -> (Object) label);
  }

  private Reply add(Request request) {
    Issue issue = IssueRoutes.find(issues, request);
    Set<String> wanted = new LinkedHashSet<>(issue.labels);
    wanted.addAll(labels.used(named(request)));
    return labelled(request, issue, wanted);
  }

  private Reply set(Request request) {
    return labelled(request, IssueRoutes.find(issues, request), named(request));
  }

  private Reply clear(Request request) {
    issues.label(IssueRoutes.find(issues, request), List.of(), request.login());
    return Reply.done(204, null);
  }

  private Reply remove(Request request) {
    Issue issue = IssueRoutes.find(issues, request);
    List<String> left = new ArrayList<>(issue.labels);
    if (!left.removeIf(request.path("name")::equalsIgnoreCase)) {
      throw Refusal.of(404, "Label does not exist");
    }
    return labelled(request, issue, left);
  }

  private Reply labelled(Request request, Issue issue, Iterable<String> wanted) {
    List<String> names = new ArrayList<>();
    wanted.forEach(names::add);
    issues.label(issue, names, request.login());
    return Reply.done(200, shapes.labels(request, issue));
  }

  /** {@code {"labels":[…]}}, or the bare list, which PyGithub sends. */
  private static List<String> named(Request request) {
    return request.isList() ? request.list() : request.texts("labels");
  }
}
