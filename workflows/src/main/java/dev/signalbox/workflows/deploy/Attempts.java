package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.effect.Reads;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Steps that may be tried again as often as one likes, because each finds out by itself what is
 * done already. One that fails for long is a question, and goes on being tried while that is open.
 */
final class Attempts {
  static final String RETRY = "retry";
  static final String ACCEPT = "accept";
  static final String ABANDON = "abandon";

  private static final String DONE = "done";

  private final Questions questions;

  Attempts(Questions questions) {
    this.questions = questions;
  }

  /** A person does not want it to be tried again. */
  static final class GivenUp extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean accepted;

    GivenUp(String why, boolean accepted) {
      super(why);
      this.accepted = accepted;
    }

    /** Whether they go on without it. */
    boolean accepted() {
      return accepted;
    }
  }

  /**
   * What may be answered beside {@code retry}.
   *
   * @param refused where the other side said no: nothing was done
   * @param unanswered where nobody knows what was done
   * @param words what these answers do
   */
  record Choice(List<String> refused, List<String> unanswered, String words) {
    /** The same in both. */
    static Choice of(String words, String... answers) {
      return new Choice(List.of(answers), List.of(answers), words);
    }
  }

  /** Tries until it is done, or a person gives up. */
  <T> T untilDone(String step, Supplier<T> attempt, Choice choice) throws GivenUp {
    List<T> found = new ArrayList<>();
    while (true) {
      try {
        return attempt.get();
      } catch (ActivityFailure failure) {
        Causes.rethrowCancel(failure);
        String answer = ask(step, failure, choice, () -> again(attempt, found));
        if (!found.isEmpty()) {
          return found.get(0);
        }
        if (!answer.equals(RETRY)) {
          throw new GivenUp(Reads.reason(failure), answer.equals(ACCEPT));
        }
      }
    }
  }

  private String ask(
      String step, ActivityFailure failure, Choice choice, Supplier<Optional<String>> again) {
    List<String> answers = new ArrayList<>(List.of(RETRY));
    answers.addAll(Reads.refusedForGood(failure) ? choice.refused() : choice.unanswered());
    return questions.ask(
        step,
        "\"" + step + "\" failed: " + Reads.reason(failure) + ". " + choice.words(),
        "failed at " + Instant.ofEpochMilli(Workflow.currentTimeMillis()),
        answers,
        again);
  }

  private static <T> Optional<String> again(Supplier<T> attempt, List<T> found) {
    try {
      found.add(attempt.get());
      return Optional.of(DONE);
    } catch (ActivityFailure failure) {
      Causes.rethrowCancel(failure);
      return Optional.empty();
    }
  }
}
