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

  /** Who is there answers in this time; less would call everybody away. */
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
    return answered ? atMost(ANSWER, end) : atMost(ANSWER, earlier(start.plus(ASKED), end));
  }

  /** How long it may take to find out who does not answer. */
  Duration ofLook() {
    return answered ? atMost(LOOK, end) : atMost(LOOK, earlier(start.plus(PROMISED), end));
  }

  /** How long what other systems must answer first may take until it is said who does not. */
  Duration ofFirstReading() {
    return atMost(ASKED, earlier(start.plus(ASKED), end));
  }

  /** This long, or until there is nothing more to wait for. */
  Duration ofWork(Duration longest) {
    return atMost(longest, end);
  }

  private static Duration atMost(Duration longest, Instant moment) {
    Instant now = Instant.now();
    if (moment.isAfter(now.plus(longest))) {
      return longest;
    }
    Duration left = Duration.between(now, moment);
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
