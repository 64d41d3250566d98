package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.Excerpt;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who cancels a run. The engine's cancel says neither who nor why, so a door says that first, as an
 * answer to {@link #CANCEL}. It is a word for the record and no permit: whoever may reach the
 * engine can cancel without it.
 */
public final class Cancels {
  /** What is said, and the ask that it is said to, which is open in every run. */
  public static final String CANCEL = "cancel";

  private static final int LONGEST_NAME = 60;

  private final Proofs proofs;
  private final Consumer<Decision> listener;
  private Decision first;
  private int judging;

  /**
   * @param proofs who can prove that he sent it
   * @param listener told of every such word
   */
  public Cancels(Proofs proofs, Consumer<Decision> listener) {
    this.proofs = proofs;
    this.listener = listener;
  }

  /** Whether it was such a word, and is on record now; the cancel that follows does not stop it. */
  public boolean take(Answer answer) {
    if (!CANCEL.equals(answer.ask()) || !CANCEL.equals(answer.verdict())) {
      return false;
    }
    judging++;
    Workflow.newDetachedCancellationScope(() -> enter(answer)).run();
    return true;
  }

  private void enter(Answer answer) {
    try {
      Decision decision = answer.standing(proofs.verified(answer));
      first = first == null ? decision : first;
      listener.accept(decision);
    } finally {
      judging--;
    }
  }

  /** The first who said so, with door and proof, once that is judged; empty = nobody did. */
  public Optional<Decision> first() {
    Workflow.newDetachedCancellationScope(() -> Workflow.await(() -> judging == 0)).run();
    return Optional.ofNullable(first);
  }

  /** How a cancelled run ended, with who cancelled it and why. */
  public String signed(String detail) {
    return first().map(word -> signed(detail, word)).orElse(detail);
  }

  private static String signed(String detail, Decision word) {
    String by = "cancelled by " + who(word);
    return (detail.startsWith("cancelled")
            ? by + detail.substring("cancelled".length())
            : detail + "; " + by)
        + why(word);
  }

  /** Of a run that is not stopped by it. */
  public static String inVain(Decision word) {
    return who(word) + " cancelled it, which stops no rollback" + why(word);
  }

  private static String who(Decision word) {
    return (word.person() == null ? "somebody" : Excerpt.of(word.person(), LONGEST_NAME))
        + " ("
        + Excerpt.of(word.door(), LONGEST_NAME)
        + (word.verified() ? ", proved)" : ")");
  }

  private static String why(Decision word) {
    return word.reason() == null ? "" : ": " + word.reason();
  }
}
