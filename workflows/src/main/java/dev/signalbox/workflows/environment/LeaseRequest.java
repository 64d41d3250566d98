package dev.signalbox.workflows.environment;

import java.time.Instant;

/**
 * A run asks for the lease. Idempotent: the same run again gets the same grant again.
 *
 * @param runId the first run id of the asking workflow
 */
public record LeaseRequest(String workflowId, String runId, String revision, Instant at) {}
