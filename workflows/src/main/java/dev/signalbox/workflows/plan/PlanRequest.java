package dev.signalbox.workflows.plan;

import dev.signalbox.workflows.environment.LedgerStatus;

/**
 * What a plan is asked about.
 *
 * @param revision 7 to 40 hex; null = the head of the source branch
 * @param ledger what the environment's ledger says; null = there is none yet
 * @param wayBackOnly asks for the rollback's outlook and nothing else
 * @param service the one that would be deployed alone; null = all
 */
public record PlanRequest(
    String project,
    String environment,
    String revision,
    LedgerStatus ledger,
    boolean wayBackOnly,
    String service) {

  public PlanRequest {
    // Nobody plans by it, and every input stays in a history.
    ledger = ledger == null ? null : ledger.withoutHistory();
  }

  /** What a promotion of every service would do. */
  public static PlanRequest of(
      String project, String environment, String revision, LedgerStatus ledger) {
    return new PlanRequest(project, environment, revision, ledger, false, null);
  }

  /** The rollback's outlook alone. */
  public static PlanRequest wayBack(String project, String environment, LedgerStatus ledger) {
    return new PlanRequest(project, environment, null, ledger, true, null);
  }
}
