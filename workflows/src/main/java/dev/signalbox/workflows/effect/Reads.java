package dev.signalbox.workflows.effect;

import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.release.Moments;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads that production hangs on. One that is refused for good (a revoked token), or that nobody
 * answers for longer than {@code limits.away}, must neither end a run that stands half-way nor keep
 * its lease in silence: a person is asked, and the question closes by itself once the probe is
 * answered again.
 */
public final class Reads {
  private static final String RETRY = "retry";
  private static final String ACCEPT = "accept";
  private static final String ABANDON = "abandon";

  private final Questions questions;
  private final Duration away;
  private final List<String> answers;

  /**
   * @param away how long nobody may answer before a person is asked
   */
  public Reads(Questions questions, Duration away) {
    this(questions, away, List.of(RETRY, ACCEPT, ABANDON));
  }

  private Reads(Questions questions, Duration away, List<String> answers) {
    this.questions = questions;
    this.away = away;
    this.answers = answers;
  }

  /** For what must be known to go on: nothing can be accepted in its place. */
  public static Reads required(Questions questions, Duration away) {
    return new Reads(questions, away, List.of(RETRY, ABANDON));
  }

  /** A read whose patience its asker sets. */
  @FunctionalInterface
  public interface Read<T> {
    /**
     * @param longest null = repeated for as long as the other side is away
     */
    T within(Duration longest);
  }

  /** For what has no quick look of its own: the question stays until a person answers. */
  public static final Read<?> NO_PROBE = longest -> null;

  /**
   * What a read came to.
   *
   * @param value null when it is not known
   * @param accepted whether a person goes on without knowing it; else they stop here
   * @param refusal why it is not known, with the person's answer
   */
  public record Reading<T>(T value, boolean accepted, String refusal) {
    public boolean known() {
      return value != null;
    }
  }

  /** Reads, and asks when that is refused or unanswered; the same read is its own probe. */
  public <T> Reading<T> read(String step, String what, Read<T> read) {
    return read(step, what, read, read);
  }

  /**
   * Reads, and asks when that is refused or unanswered.
   *
   * @param what is read, in words
   * @param probe a quick look while the question is open: whether the read would be answered now
   */
  public <T> Reading<T> read(String step, String what, Read<T> read, Read<?> probe) {
    while (true) {
      try {
        return new Reading<>(read.within(away), false, null);
      } catch (ActivityFailure failure) {
        Causes.rethrowCancel(failure);
        String answer = ask(step, what, failure, probe);
        String refusal = sentence(what, failure);
        if (answer.equals(ACCEPT)) {
          return new Reading<>(null, true, refusal + "; a person accepted what runs");
        }
        if (answer.equals(ABANDON)) {
          return new Reading<>(null, false, refusal + "; a person stopped here");
        }
      }
    }
  }

  // Who is away may be back at any moment: the probe goes on without a pause. Who refuses will not
  // think better of it so soon.
  private String ask(String step, String what, ActivityFailure failure, Read<?> probe) {
    boolean refused = refusedForGood(failure);
    return questions.ask(
        step,
        sentence(what, failure)
            + (answers.contains(ACCEPT)
                ? ". Read again, accept what runs, or stop here?"
                : ". Read again, or stop here?"),
        (refused ? "refused at " : "unanswered until ")
            + Moments.text(Instant.ofEpochMilli(Workflow.currentTimeMillis())),
        answers,
        () -> answered(probe) ? Optional.of(RETRY) : Optional.empty(),
        refused ? Questions.REREAD : Duration.ZERO);
  }

  private String sentence(String what, ActivityFailure failure) {
    return refusedForGood(failure)
        ? what + " cannot be read: " + reason(failure)
        : what + " could not be read for " + DurationText.of(away) + ": " + reason(failure);
  }

  private static boolean answered(Read<?> probe) {
    try {
      return probe.within(null) != null;
    } catch (ActivityFailure failure) {
      Causes.rethrowCancel(failure);
      return false;
    }
  }

  /** Whether waiting does not help. */
  public static boolean refusedForGood(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure refused
        && FailureType.of(refused.getType()) != null
        && FailureType.of(refused.getType()).forGood();
  }

  /** What the other side said last. */
  public static String reason(Throwable failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof TimeoutFailure && cause.getCause() != null) {
      return reason(cause);
    }
    return cause instanceof ApplicationFailure refused
        ? refused.getOriginalMessage()
        : "no answer came" + (cause == null ? "" : " (" + cause.getMessage() + ")");
  }
}
