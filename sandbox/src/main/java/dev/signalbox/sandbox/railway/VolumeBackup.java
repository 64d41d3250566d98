package dev.signalbox.sandbox.railway;

import java.time.Instant;

/**
 * A backup of a volume. Nothing is stored in volumes, so nothing is in it but its name.
 *
 * @param workflowId of the work at it
 * @param readyAt when that is over; it is listed from then on
 */
record VolumeBackup(
    String id, String name, String workflowId, Instant createdAt, Instant readyAt) {}
