package dev.signalbox.starter;

import java.time.Duration;
import java.time.Instant;

/**
 * How long somebody at a terminal is kept waiting for one answer. Until a worker has answered for
 * the first time all waits together end before the ten seconds are over that a person is promised.
 */
final class Patience {
  private static final Duration ANSWER = SignalboxClient.PATIENCE;
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** From here on nobody is asked any more, only who it is that does not answer. */
  private static final Duration ASKED = Duration.ofSeconds(7);

  private static final Duration PROMISED = Duration.ofMillis(8500);

  /** On a machine that is slow to start us, who is there still has this time to answer. */
  private static final Duration LEAST_ANSWER = Duration.ofMillis(2500);

  private static final Duration LEAST_LOOK = Duration.ofSeconds(1);

  /** For what is asked when the command's own time is over. */
  private static final Duration LEAST = Duration.ofMillis(300);

  private final Instant start;
  private volatile Instant end = Instant.MAX;
  private volatile boolean answered;

  /**
   * @param start when the person asked
   */
  Patience(Instant start) {
    this.start = start;
  }

  /** Nothing is worth waiting for after this moment. */
  void endsAt(Instant moment) {
    end = moment;
  }

  /** Somebody is there: from now on each call has its own time. */
  void answered() {
    answered = true;
  }

  /** How long a call may take. */
  Duration ofCall() {
    return answered ? atMost(ANSWER) : atMost(shared(ANSWER, ASKED, LEAST_ANSWER));
  }

  /** How long it may take to find out who does not answer. */
  Duration ofLook() {
    return answered ? atMost(LOOK) : atMost(shared(LOOK, PROMISED, LEAST_LOOK));
  }

  /** How long what other systems must answer first may take until it is said who does not. */
  Duration ofFirstReading() {
    return atMost(shared(ASKED, ASKED, LEAST_ANSWER));
  }

  /** This long, or until there is nothing more to wait for. */
  Duration ofWork(Duration longest) {
    return atMost(longest);
  }

  /** What is left of the time since the start. */
  private Duration shared(Duration longest, Duration sinceStart, Duration least) {
    return between(least, longest, start.plus(sinceStart));
  }

  private Duration atMost(Duration longest) {
    return between(longest.compareTo(LEAST) < 0 ? longest : LEAST, longest, end);
  }

  /** The time until the moment, but no less and no more than these. */
  private static Duration between(Duration least, Duration most, Instant moment) {
    Instant now = Instant.now();
    if (moment.isAfter(now.plus(most))) {
      return most;
    }
    Duration left = Duration.between(now, moment);
    return left.compareTo(least) < 0 ? least : left;
  }
}
