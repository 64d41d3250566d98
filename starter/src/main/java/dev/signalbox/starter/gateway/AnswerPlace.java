package dev.signalbox.starter.gateway;

import dev.signalbox.workflows.spoken.SpokenWords;
import java.util.Optional;

/** Where people say commands that the engine keeps, and are answered. One for each such door. */
interface AnswerPlace {
  /** The run that is meant there by who names none; empty = none. */
  Optional<String> atHand(SpokenWords words);

  /** Longest answer that there is room for, in characters. */
  int longest();

  /** {@code pr-N} on which it was said; empty = on none. */
  default Optional<String> on(SpokenWords words) {
    return Optional.empty();
  }

  /**
   * What became of the words since they were said, where they are not there any more as they were;
   * empty = they stand. Fails where that cannot be read.
   */
  default Optional<String> takenBack(SpokenWords words) {
    return Optional.empty();
  }

  /** Says that it was heard, where that is said before it is answered. */
  default void heard(SpokenWords words) {}

  /** Answers, or changes the answer. */
  void answer(SpokenWords words, String text);
}
