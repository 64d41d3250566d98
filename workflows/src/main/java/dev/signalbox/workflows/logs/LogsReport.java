package dev.signalbox.workflows.logs;

import java.time.Instant;
import java.util.List;

/**
 * Log lines, oldest first, without what looks like a secret.
 *
 * @param remarks what could not be read, and why; one sentence each
 */
public record LogsReport(List<Line> lines, List<String> remarks) {
  public LogsReport {
    lines = lines == null ? List.of() : List.copyOf(lines);
    remarks = remarks == null ? List.of() : List.copyOf(remarks);
  }

  /**
   * @param at as Railway says; null when it does not
   * @param severity Railway's word; null when there is none
   */
  public record Line(
      String service, String deployment, Instant at, String severity, String message) {}
}
