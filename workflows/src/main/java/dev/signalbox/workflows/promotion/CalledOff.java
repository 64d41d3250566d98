package dev.signalbox.workflows.promotion;

import java.util.Optional;

/**
 * Why a promotion waits for nothing more: a newer one takes its place, its time is up, or it was
 * refused meanwhile.
 */
final class CalledOff {
  private final Successor successor;
  private final TimeLimits limits;
  private Ending refusal;

  CalledOff(Successor successor, TimeLimits limits) {
    this.successor = successor;
    this.limits = limits;
  }

  /** It must not be carried out, whatever people answer and however long it waits. */
  void refuse(Ending why) {
    refusal = why;
  }

  /** Why it was refused meanwhile; empty = it was not. */
  Optional<Ending> refusal() {
    return Optional.ofNullable(refusal);
  }

  boolean known() {
    return refusal != null || successor.known() || limits.totalPassed().isPresent();
  }

  Ending ending() {
    if (refusal != null) {
      return refusal;
    }
    return successor.known() ? successor.ending() : limits.totalPassed().orElseThrow();
  }
}
