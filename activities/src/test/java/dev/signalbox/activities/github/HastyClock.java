package dev.signalbox.activities.github;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Two hours pass between two looks at it: nothing has to wait. */
final class HastyClock extends Clock {
  private Instant now = Instant.parse("2026-11-02T10:00:00Z");

  @Override
  public synchronized Instant instant() {
    now = now.plus(Duration.ofHours(2));
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
