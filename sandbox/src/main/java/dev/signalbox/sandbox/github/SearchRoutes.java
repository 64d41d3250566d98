package dev.signalbox.sandbox.github;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The search for issues and pull requests, which is some time behind. */
final class SearchRoutes {

  private final Hub hub;
  private final SearchIndex index;
  private final IssueShapes shapes;

  SearchRoutes(Hub hub, SearchIndex index, IssueShapes shapes) {
    this.hub = hub;
    this.index = index;
    this.shapes = shapes;
  }

  void addTo(RouteTable table) {
    table.add("GET", "/search/issues", this::issues);
  }

  private Reply issues(Request request) {
    String text = request.query("q").orElseThrow(() -> Refusal.invalid("Search", "q", "missing"));
    SearchQuery query = new SearchQuery(text, hub.repository().name());
    List<SearchIndex.Entry> found =
        new ArrayList<>(index.known().stream().filter(query::finds).toList());
    if (request.query("order").orElse("desc").equals("desc")) {
      Collections.reverse(found);
    }
    Map<String, Object> body =
        Json.object(
            "total_count",
            found.size(),
            "incomplete_results",
            false,
            "items",
            Pages.shaped(request, found, entry -> shape(request, entry)));
    return Pages.linked(request, found.size(), Reply.ok(body));
  }

  /** As it was when the index last looked. */
  private Object shape(Request request, SearchIndex.Entry entry) {
    Map<String, Object> shape = shapes.issue(request, entry.issue());
    shape.put("title", entry.title());
    shape.put("body", entry.body());
    shape.put("state", entry.open() ? "open" : "closed");
    shape.put("comments", entry.comments());
    shape.put("score", 1.0);
    return shape;
  }
}
