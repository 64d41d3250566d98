package dev.signalbox.workflows.environment;

/**
 * The holder gives the lease back. Idempotent; another number than the holder's changes nothing.
 */
public record LeaseRelease(String workflowId, String runId, long number) {}
