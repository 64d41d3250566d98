package dev.signalbox.workflows.effect;

import dev.signalbox.workflows.approval.Questions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Reads that production hangs on. One that is refused for good (a revoked token) must not end a run
 * that stands half-way: a person is asked, and the question closes by itself once the probe is
 * answered again.
 */
public final class Reads {
  private static final String RETRY = "retry";
  private static final String ACCEPT = "accept";
  private static final String ABANDON = "abandon";

  private final Questions questions;

  public Reads(Questions questions) {
    this.questions = questions;
  }

  /**
   * What a read came to.
   *
   * @param value null when it is not known
   * @param accepted whether a person goes on without knowing it; else he stops here
   * @param refusal why it is not known, with the person's answer
   */
  public record Reading<T>(T value, boolean accepted, String refusal) {
    public boolean known() {
      return value != null;
    }
  }

  /** Reads, and asks when that is refused; the same read is its own probe. */
  public <T> Reading<T> read(String step, String what, Supplier<T> read) {
    return read(step, what, read, () -> answered(read));
  }

  /**
   * Reads, and asks when that is refused.
   *
   * @param what is read, in words
   * @param probe a quick look while the question is open: whether the read would be answered now
   */
  public <T> Reading<T> read(String step, String what, Supplier<T> read, BooleanSupplier probe) {
    while (true) {
      try {
        return new Reading<>(read.get(), false, null);
      } catch (ActivityFailure failure) {
        String refusal = what + " cannot be read: " + reason(failure);
        String answer = ask(step, refusal, probe);
        if (answer.equals(ACCEPT)) {
          return new Reading<>(null, true, refusal + "; a person accepted what runs");
        }
        if (answer.equals(ABANDON)) {
          return new Reading<>(null, false, refusal + "; a person stopped here");
        }
      }
    }
  }

  private String ask(String step, String refusal, BooleanSupplier probe) {
    return questions.ask(
        step,
        refusal + ". Read again, accept what runs, or stop here?",
        "refused at " + Instant.ofEpochMilli(Workflow.currentTimeMillis()),
        List.of(RETRY, ACCEPT, ABANDON),
        () -> probe.getAsBoolean() ? Optional.of(RETRY) : Optional.empty());
  }

  /** A probe: whether this read is answered now. */
  public static boolean answered(Supplier<?> read) {
    try {
      return read.get() != null;
    } catch (ActivityFailure failure) {
      requireNoCancel(failure);
      return false;
    }
  }

  private static void requireNoCancel(ActivityFailure failure) {
    if (failure.getCause() instanceof CanceledFailure) {
      throw failure;
    }
  }

  private static String reason(ActivityFailure failure) {
    requireNoCancel(failure);
    return failure.getCause() instanceof ApplicationFailure refused
        ? refused.getOriginalMessage()
        : String.valueOf(failure.getCause());
  }
}
