/**
 * Whether an environment is well, all day long: rounds and the watch between them, and the outages
 * that they find. The rules are pure; what is asked over the network stands behind {@link
 * dev.signalbox.workflows.monitor.MonitorActivities}.
 */
package dev.signalbox.workflows.monitor;
