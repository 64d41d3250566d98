package dev.signalbox.workflows.preview;

/**
 * Somebody wants to have everything compared now.
 *
 * @param requester null = not known
 */
public record SweepOrder(String id, String requester) {}
