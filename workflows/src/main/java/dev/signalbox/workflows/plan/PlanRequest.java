package dev.signalbox.workflows.plan;

import dev.signalbox.workflows.environment.LedgerStatus;

/**
 * What a plan is asked about.
 *
 * @param revision 7 to 40 hex; null = the head of the source branch
 * @param ledger what the environment's ledger says; null = there is none yet
 * @param wayBackOnly asks for the rollback's outlook and nothing else
 */
public record PlanRequest(
    String project,
    String environment,
    String revision,
    LedgerStatus ledger,
    boolean wayBackOnly) {}
