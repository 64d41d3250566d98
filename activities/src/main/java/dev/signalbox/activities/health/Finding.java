package dev.signalbox.activities.health;

import dev.signalbox.workflows.health.HealthActivities.Reading;
import java.time.Instant;

/**
 * What one look says, and what it saw.
 *
 * @param got in one line, without secrets
 * @param certificateEnds of the connection that it came by; null = it had none
 */
record Finding(Reading reading, String got, Instant certificateEnds) {
  Finding(Reading reading, String got) {
    this(reading, got, null);
  }

  Finding by(Visit.Answer answer) {
    return new Finding(reading, got, answer.certificateEnds());
  }

  boolean good() {
    return reading == Reading.GOOD;
  }
}
