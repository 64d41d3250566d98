package dev.signalbox.workflows.arrival;

import java.time.Duration;
import java.util.List;

/**
 * What is waited for.
 *
 * @param revision 7 to 40 hex
 * @param standIns merge commits that the environment's ledger recorded for it
 * @param longest how long to look
 */
public record ArrivalRequest(
    String project, String environment, String revision, List<String> standIns, Duration longest) {
  public ArrivalRequest {
    standIns = standIns == null ? List.of() : List.copyOf(standIns);
  }
}
