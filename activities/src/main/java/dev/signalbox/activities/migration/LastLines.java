package dev.signalbox.activities.migration;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The end of what a program says. For several threads. */
final class LastLines {
  private static final int MOST = 60;

  private final Deque<String> lines = new ArrayDeque<>();

  synchronized void add(String line) {
    if (line.isBlank()) {
      return;
    }
    lines.addLast(line);
    if (lines.size() > MOST) {
      lines.removeFirst();
    }
  }

  /** Oldest first. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** The newest; empty = nothing was said. */
  synchronized String last() {
    return lines.isEmpty() ? "" : lines.getLast();
  }
}
