package dev.signalbox.workflows.rollback;

import dev.signalbox.workflows.environment.LiveSet;

/**
 * What the ledger hands to a rollback by hand when it starts it.
 *
 * @param target the set to put back
 * @param present what the ledger recorded as running now; null = no record
 * @param lease number of the lease that it was started with
 */
public record RollbackRequest(
    String project,
    String environment,
    LiveSet target,
    LiveSet present,
    String requester,
    String reason,
    long lease) {}
