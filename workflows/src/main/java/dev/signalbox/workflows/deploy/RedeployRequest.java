package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.environment.LiveSet;

/**
 * What the ledger hands to a redeploy when it starts it.
 *
 * @param service as {@code signalbox.toml} names it; null = every service
 * @param restart the same container images again; else the same commits are built again
 * @param present what the ledger recorded as running now; null = no record
 * @param lease number of the lease that it was started with
 */
public record RedeployRequest(
    String project,
    String environment,
    String service,
    boolean restart,
    LiveSet present,
    String requester,
    String reason,
    long lease) {}
