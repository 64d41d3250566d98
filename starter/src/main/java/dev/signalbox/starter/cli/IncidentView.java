package dev.signalbox.starter.cli;

import dev.signalbox.starter.IncidentClient.Known;
import dev.signalbox.workflows.monitor.IncidentState;
import dev.signalbox.workflows.release.Moments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a person sees of an incident. */
final class IncidentView {
  private IncidentView() {}

  static String line(Known known) {
    IncidentState state = known.state();
    return state.environment()
        + "  "
        + word(known)
        + " since "
        + Moments.text(state.openedAt())
        + (state.recoveredAt() == null ? "" : ", up since " + Moments.text(state.recoveredAt()))
        + (state.acknowledged() == null ? "" : ", acknowledged by " + state.acknowledged())
        + (state.url() == null ? "" : "  " + state.url());
  }

  static List<String> lines(Known known) {
    List<String> lines = new ArrayList<>();
    lines.add(line(known));
    known
        .state()
        .timeline()
        .forEach(entry -> lines.add("  " + Moments.text(entry.at()) + "  " + entry.words()));
    return lines;
  }

  static Map<String, Object> object(Known known) {
    IncidentState state = known.state();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("environment", state.environment());
    object.put("state", word(known));
    object.put("openedAt", state.openedAt());
    object.put("recoveredAt", state.recoveredAt());
    object.put("acknowledged", state.acknowledged());
    object.put("mutedUntil", state.mutedUntil());
    object.put("closed", state.closed());
    object.put("issue", state.issue() == 0 ? null : state.issue());
    object.put("url", state.url());
    object.put("services", state.worst());
    object.put("release", state.release());
    object.put("timeline", state.timeline());
    return object;
  }

  static Map<String, Object> none(String environment) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("environment", environment);
    object.put("state", null);
    return object;
  }

  private static String word(Known known) {
    return !known.goesOn() ? "over" : known.state().closed() == null ? "open" : "closed";
  }
}
