package dev.signalbox.workflows.arrival;

import java.time.Duration;
import java.util.List;

/**
 * What is waited for.
 *
 * @param revision 7 to 40 hex
 * @param standIns merge commits that the environment's ledger recorded for it
 * @param recorded ids of the deployments that the ledger recorded as this commit's: one of a
 *     service that did not change may be of an older commit
 * @param service the only service that is looked at; null = all of them
 * @param longest how long to look
 */
public record ArrivalRequest(
    String project,
    String environment,
    String revision,
    List<String> standIns,
    List<String> recorded,
    String service,
    Duration longest) {
  public ArrivalRequest {
    standIns = standIns == null ? List.of() : List.copyOf(standIns);
    recorded = recorded == null ? List.of() : List.copyOf(recorded);
  }

  /** Whether this service must have arrived. */
  boolean wants(String name) {
    return service == null || service.equals(name);
  }
}
