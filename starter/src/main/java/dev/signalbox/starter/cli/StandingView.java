package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.Frozen;
import dev.signalbox.workflows.environment.StandingOrder;
import dev.signalbox.workflows.environment.StandingOrders;
import dev.signalbox.workflows.policy.Calendar;
import dev.signalbox.workflows.policy.Freeze;
import dev.signalbox.workflows.policy.Freeze.Opening;
import dev.signalbox.workflows.release.Moments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What holds of an environment at one moment: by people's order, and by the calendar. */
record StandingView(StandingOrders orders, Calendar calendar, Instant now) {

  /**
   * The keys {@code freeze}, {@code overrides}, {@code lock} and {@code hold} of {@code status}.
   */
  Map<String, Object> object() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("freeze", freeze());
    shown.put("overrides", frozen().passes().stream().map(StandingView::passing).toList());
    shown.put("lock", orders.locked(now).map(this::lock).orElse(null));
    shown.put("hold", orders.hold() == null ? null : ordered(orders.hold()));
    return shown;
  }

  /** For people; empty when nothing holds. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    orders.frozen(now).ifPresent(order -> lines.add("frozen " + words(order)));
    window()
        .ifPresent(
            window ->
                lines.add(
                    "frozen "
                        + window.cause().words()
                        + (window.at() == null ? "" : "; until " + Moments.text(window.at()))));
    frozen()
        .passes()
        .forEach(
            pass ->
                lines.add(
                    "  overridden by "
                        + pass.person()
                        + " for "
                        + pass.promotion()
                        + ": "
                        + pass.reason()));
    orders
        .locked(now)
        .ifPresent(
            lock ->
                lines.add(
                    "locked "
                        + words(lock)
                        + (lock.untilMerged() ? ", until a release of theirs is merged" : "")));
    orders.queue().forEach(next -> lines.add("  waits for the lock: " + next.person()));
    if (orders.hold() != null) {
      lines.add("on hold " + words(orders.hold()) + "; a promotion by hand ends it");
    }
    return lines;
  }

  private Frozen frozen() {
    return new Frozen(orders, calendar.freezes(), now);
  }

  private static Map<String, Object> passing(StandingOrder pass) {
    Map<String, Object> shown = ordered(pass);
    shown.remove("until");
    shown.put("promotion", pass.promotion());
    return shown;
  }

  private Optional<Opening> window() {
    return Freeze.opening(calendar.freezes(), now);
  }

  /** The order where there is one, else the window; null = it is not frozen. */
  private Map<String, Object> freeze() {
    Optional<StandingOrder> order = orders.frozen(now);
    if (order.isPresent()) {
      return ordered(order.get());
    }
    return window()
        .map(
            window -> {
              Map<String, Object> shown = new LinkedHashMap<>();
              shown.put("by", "calendar");
              shown.put("reason", window.cause().reason());
              shown.put("window", window.cause());
              shown.put("until", window.at());
              return shown;
            })
        .orElse(null);
  }

  private Map<String, Object> lock(StandingOrder lock) {
    Map<String, Object> shown = ordered(lock);
    shown.put("untilMerged", lock.untilMerged());
    shown.put("queue", orders.queue().stream().map(StandingOrder::person).toList());
    return shown;
  }

  private static Map<String, Object> ordered(StandingOrder order) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("by", order.person());
    shown.put("reason", order.reason());
    shown.put("since", order.since());
    shown.put("until", order.until());
    return shown;
  }

  private static String words(StandingOrder order) {
    return "by "
        + order.person()
        + " since "
        + Moments.text(order.since())
        + (order.until() == null ? "" : " until " + Moments.text(order.until()))
        + ": "
        + order.reason();
  }
}
