package dev.signalbox.starter.cli;

import dev.signalbox.starter.MonitorClient;
import dev.signalbox.workflows.monitor.MonitorState;
import dev.signalbox.workflows.monitor.Standing;
import dev.signalbox.workflows.release.Moments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a person sees of a monitor. */
final class MonitorView {
  private final Printer printer;
  private final String environment;

  MonitorView(Printer printer, String environment) {
    this.printer = printer;
    this.environment = environment;
  }

  /** When rounds begin. */
  void schedule(MonitorClient.Standing standing) {
    printer.object(object(standing));
    times(standing);
  }

  /**
   * @param state null = there was no round yet
   */
  void all(MonitorClient.Standing standing, MonitorState state) {
    Map<String, Object> object = object(standing);
    object.putAll(object(state));
    printer.object(object);
    times(standing);
    if (state == null) {
      printer.line("  no round has begun yet");
    } else {
      standings(state);
    }
  }

  /** What one round found. */
  void round(MonitorState state) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("environment", environment);
    object.putAll(object(state));
    printer.object(object);
    printer.line(environment + "  " + (state.outage() ? "outage" : word(state)));
    standings(state);
  }

  private static String word(MonitorState state) {
    return state.round() == null ? "not looked at" : "no outage";
  }

  private void times(MonitorClient.Standing standing) {
    if (standing.order() == null) {
      printer.line(
          environment
              + " is not monitored"
              + (standing.changed() ? " any more" : "")
              + ": signalbox monitor start "
              + environment);
      return;
    }
    printer.line(environment + "  monitored " + standing.order().times().words());
    if (standing.order().paused() != null) {
      printer.line("  paused    " + standing.order().paused());
    } else if (standing.next() != null) {
      printer.line("  next      " + Moments.text(standing.next()));
    }
  }

  private void standings(MonitorState state) {
    if (state.round() != null) {
      printer.line(
          "  round     %s, %d rounds and %d looks so far"
              .formatted(Moments.text(state.round()), state.rounds(), state.looks()));
    }
    for (Standing standing : state.standings()) {
      printer.line(
          "  %-9s %s since %s%s"
              .formatted(
                  word(standing),
                  standing.check(),
                  Moments.text(standing.since()),
                  standing.reason() == null ? "" : ": " + standing.reason()));
    }
    if (!state.network()) {
      printer.line("  our own network is away: no control endpoint answers");
    }
    if (state.held() != null) {
      printer.line("  held back an outage is told to nobody: " + state.held());
    }
    if (state.trouble() != null) {
      printer.line("  trouble   " + state.trouble());
    }
  }

  private static String word(Standing standing) {
    return standing.state().name().toLowerCase(Locale.ROOT);
  }

  private Map<String, Object> object(MonitorClient.Standing standing) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("environment", environment);
    object.put("changed", standing.changed());
    Map<String, Object> schedule = new LinkedHashMap<>();
    if (standing.order() != null) {
      schedule.put("cron", standing.order().times().cron());
      schedule.put("zone", standing.order().times().zone());
      schedule.put("since", standing.order().since());
      schedule.put("paused", standing.order().paused());
      schedule.put("next", standing.next());
    }
    object.put("schedule", standing.order() == null ? null : schedule);
    return object;
  }

  static Map<String, Object> object(MonitorState state) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("outage", state != null && state.outage());
    object.put("round", state == null ? null : state.round());
    object.put("rounds", state == null ? 0 : state.rounds());
    object.put("looks", state == null ? 0 : state.looks());
    object.put("network", state == null || state.network());
    object.put("trouble", state == null ? null : state.trouble());
    object.put("held", state == null ? null : state.held());
    object.put("checks", state == null ? List.of() : state.standings());
    return object;
  }
}
