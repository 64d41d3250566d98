package dev.signalbox.workflows.environment;

import java.time.Instant;

/**
 * How an outage went, for the ledger's history.
 *
 * @param incident workflow id
 * @param revision what was live; null = not known
 * @param person who acknowledged or closed it; null = nobody did
 * @param words how long it took and why
 * @param at when it was over
 */
public record OutageReport(
    String incident, String revision, String person, String words, Instant at) {}
