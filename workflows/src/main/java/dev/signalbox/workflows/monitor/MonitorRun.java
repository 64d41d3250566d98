package dev.signalbox.workflows.monitor;

import java.time.Instant;

/**
 * The run of an environment's monitor that is under way: where its ledger finds it.
 *
 * @param workflowId the schedule's, with the time of its start behind it where the engine has
 *     Schedules
 */
public record MonitorRun(String workflowId, String runId, Instant since) {}
