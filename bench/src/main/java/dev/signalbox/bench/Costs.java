package dev.signalbox.bench;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.ArrayList;
import java.util.List;

/** What one promotion of two services writes and calls, and the shape that it has. */
final class Costs {
  private final Site site;
  private final int promotions;
  private Shape shape;

  /**
   * What a promotion is made of, for a bare workflow to imitate.
   *
   * @param parent activities of the promotion
   * @param local local activities of both
   * @param child activities of its deploy
   */
  record Shape(int parent, int local, int child) {}

  Costs(Site site, int promotions) {
    this.site = site;
    this.promotions = promotions;
  }

  Shape shape() {
    return shape;
  }

  List<Result> measure(String environment) {
    List<Double> events = new ArrayList<>();
    List<Double> github = new ArrayList<>();
    List<Double> railway = new ArrayList<>();
    for (int n = 0; n < promotions; n++) {
      site.release("30ms");
      int mark = site.sandbox().journal().last();
      String id = site.promote(environment);
      site.end(id);
      List<HistoryEvent> parent = site.temporal().fetchHistory(id).getEvents();
      List<HistoryEvent> child =
          site.temporal().fetchHistory("deploy/" + Site.PROJECT + "/" + environment).getEvents();
      shape =
          new Shape(
              count(parent, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED),
              count(parent, EventType.EVENT_TYPE_MARKER_RECORDED)
                  + count(child, EventType.EVENT_TYPE_MARKER_RECORDED),
              count(child, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED));
      events.add((double) parent.size() + child.size());
      github.add((double) site.calls(mark, "github").size());
      railway.add((double) site.calls(mark, "railway").size());
    }
    String engine = site.engine().name();
    return List.of(
        Result.of("events of a promotion", engine, "events", events),
        Result.of("GitHub calls of a promotion", engine, "calls", github),
        Result.of("Railway calls of a promotion", engine, "calls", railway));
  }

  private static int count(List<HistoryEvent> events, EventType type) {
    return (int) events.stream().filter(event -> event.getEventType() == type).count();
  }
}
