package dev.signalbox.workflows.promotion;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/** How long one phase of a promotion has lasted. It stands still while the phase does not. */
final class PhaseClock {
  private static final Duration LEAST = Duration.ofMillis(1);

  private Duration spent = Duration.ZERO;
  private Instant since;
  private boolean told;

  /** Goes on, or stands still from now on. */
  void run(boolean runs) {
    spent = spent();
    since = runs ? now() : null;
  }

  Duration spent() {
    return since == null ? spent : spent.plus(Duration.between(since, now()));
  }

  boolean passed(Duration limit) {
    return spent().compareTo(limit) >= 0;
  }

  /** Whether two thirds have passed; says so once. */
  boolean slow(Duration limit) {
    boolean now = !told && spent().compareTo(twoThirds(limit)) >= 0;
    told |= now;
    return now;
  }

  /** How long until the next thing happens, if it runs until then. */
  Duration untilNext(Duration limit) {
    Duration left = (told ? limit : twoThirds(limit)).minus(spent());
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }

  static Duration twoThirds(Duration limit) {
    return Duration.ofMillis(limit.toMillis() * 2 / 3);
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
