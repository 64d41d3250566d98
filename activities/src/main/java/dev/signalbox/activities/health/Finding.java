package dev.signalbox.activities.health;

import dev.signalbox.workflows.health.HealthActivities.Reading;

/**
 * What one look says, and what it saw.
 *
 * @param got in one line, without secrets
 */
record Finding(Reading reading, String got) {
  boolean good() {
    return reading == Reading.GOOD;
  }
}
