package dev.signalbox.starter.cli;

import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.release.Moments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What each gate says, in one line. What stops several of them is told at the first. */
final class GateLines {
  private GateLines() {}

  static List<String> of(List<GateResult> gates) {
    List<String> lines = new ArrayList<>();
    Map<String, String> told = new HashMap<>();
    for (GateResult gate : gates) {
      String before =
          gate.state() == State.MET ? null : told.putIfAbsent(gate.evidence(), gate.name());
      lines.add(
          gate.state().name().toLowerCase(Locale.ROOT)
              + "  "
              + gate.name()
              + "  "
              + (before == null ? gate.evidence() : "for the same reason as " + before)
              + (gate.until() == null ? "" : "  until " + Moments.text(gate.until()))
              + (gate.owner() == null ? "" : "  (" + gate.owner() + ")"));
    }
    return lines;
  }
}
