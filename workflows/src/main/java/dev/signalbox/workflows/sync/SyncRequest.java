package dev.signalbox.workflows.sync;

/**
 * Which source is to be brought level.
 *
 * @param environment that is released into
 */
public record SyncRequest(String project, String environment) {}
