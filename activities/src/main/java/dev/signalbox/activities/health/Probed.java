package dev.signalbox.activities.health;

import dev.signalbox.workflows.health.HealthActivities.Sample;
import java.time.Instant;

/**
 * A sample, and what its connection showed besides.
 *
 * @param certificateEnds until when the other side's certificate is valid; null = there was no
 *     answer, or it came without TLS
 */
public record Probed(Sample sample, Instant certificateEnds) {}
