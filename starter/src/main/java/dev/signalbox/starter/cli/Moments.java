package dev.signalbox.starter.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as people read them: to the second, in UTC. JSON has them as they were noted. */
final class Moments {
  private Moments() {}

  static String text(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
