package dev.signalbox.workflows.monitor;

import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.policy.MonitorPolicy.DatabaseLimits;

/**
 * A database to look at. Its address is read where it is looked at, and is in no message.
 *
 * @param limits beyond which it is degraded
 */
public record DatabaseTarget(DatabaseReference reference, DatabaseLimits limits) {}
