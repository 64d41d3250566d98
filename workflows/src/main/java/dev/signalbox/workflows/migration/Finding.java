package dev.signalbox.workflows.migration;

/**
 * What squawk says of a statement.
 *
 * @param line in the revision's SQL, from 1
 * @param help what to do instead; null = it says nothing
 */
public record Finding(int line, String rule, String message, String help) {}
