package dev.signalbox.workflows.environment;

import java.time.Instant;

/**
 * A page of the history that lies in the archive.
 *
 * @param hash of its bytes, 64 hex: its name there
 * @param from when its oldest run ended
 * @param until when its newest run ended
 */
public record SealedPage(String hash, int entries, Instant from, Instant until) {}
