package dev.signalbox.workflows.release;

import java.time.Instant;

/**
 * One service's deployment at Railway.
 *
 * @param id Railway's deployment id
 * @param revision the commit it was built from; null when Railway does not say (uploads, images)
 * @param canRollback whether Railway still has its image
 * @param since when it was created at Railway; null when not known
 */
public record ServiceDeployment(
    String service, String id, String revision, boolean canRollback, Instant since) {}
