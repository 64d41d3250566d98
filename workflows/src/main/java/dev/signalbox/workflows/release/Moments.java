package dev.signalbox.workflows.release;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as people read them: to the second, in UTC. JSON has them as they were noted. */
public final class Moments {
  private Moments() {}

  public static String text(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
