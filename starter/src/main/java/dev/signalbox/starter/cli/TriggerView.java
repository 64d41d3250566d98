package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.TriggerMemory;
import dev.signalbox.workflows.environment.TriggerNote;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of the newest triggers of an environment, and when the next window opens. */
record TriggerView(TriggerMemory memory) {

  /** The keys {@code triggers} and {@code nextWindow} of {@code status}. */
  Map<String, Object> object() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("triggers", memory.notes().stream().map(TriggerView::object).toList());
    shown.put("nextWindow", memory.opens());
    return shown;
  }

  private static Map<String, Object> object(TriggerNote note) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("at", note.at());
    shown.put("cause", note.cause());
    shown.put("revision", note.revision());
    shown.put("outcome", note.outcome());
    shown.put("id", note.id());
    shown.put("message", note.message());
    return shown;
  }

  /** For people; empty where nothing starts by itself. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    memory.notes().forEach(note -> lines.add(line(note)));
    if (memory.opens() != null) {
      lines.add("the next window opens " + Moments.text(memory.opens()));
    }
    return lines;
  }

  private static String line(TriggerNote note) {
    return note.cause()
        + ", "
        + Moments.text(note.at())
        + (note.revision() == null ? "" : ", at " + ShortCommit.of(note.revision()))
        + ": "
        + (note.started() ? "" : "nothing started: ")
        + note.message();
  }
}
