package dev.signalbox.starter.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One line that says what is waited for and since when, drawn again each second and gone when the
 * answer is there. Only on a terminal; beside stdout, which carries the answer.
 */
final class SignOfLife implements AutoCloseable {
  private static final String BACK = "\r";
  private static final String TO_END_OF_LINE = "\u001b[K";

  private final PrintStream err;
  private final Instant began;
  private final ScheduledExecutorService clock;
  private String words;
  private boolean drawn;

  private SignOfLife(PrintStream err, Instant began, String words) {
    this.err = err;
    this.began = began;
    this.words = words;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "signalbox-sign-of-life");
              thread.setDaemon(true);
              return thread;
            });
  }

  static SignOfLife of(Surroundings surroundings, String words) {
    SignOfLife sign = new SignOfLife(surroundings.err(), Instant.now(), words);
    if (surroundings.screen()) {
      Future<?> unused = sign.clock.scheduleWithFixedDelay(sign::draw, 1, 1, TimeUnit.SECONDS);
    }
    return sign;
  }

  /** Runs what may take long. */
  static <T> T during(Surroundings surroundings, String words, Supplier<T> step) {
    try (SignOfLife sign = of(surroundings, words)) {
      sign.say(words);
      return step.get();
    }
  }

  synchronized void say(String now) {
    words = now;
  }

  synchronized void draw() {
    if (!clock.isShutdown()) {
      drawn = true;
      err.print(BACK + line(Duration.between(began, Instant.now())) + TO_END_OF_LINE);
      err.flush();
    }
  }

  /** For an eye: short enough that no terminal wraps it, and nothing in it steers one. */
  synchronized String line(Duration since) {
    String plain = words.replaceAll("\\p{Cntrl}", " ");
    String end = " (" + since.toSeconds() + " s)";
    return plain.substring(0, Math.min(plain.length(), 78 - end.length())) + end;
  }

  @Override
  public void close() {
    end();
  }

  /** Before the answer is written. */
  synchronized void end() {
    clock.shutdownNow();
    if (drawn) {
      drawn = false;
      err.print(BACK + TO_END_OF_LINE);
      err.flush();
    }
  }
}
