package dev.signalbox.workflows.promotion;

/** Why a promotion waits for nothing more: a newer one takes its place, or its time is up. */
final class CalledOff {
  private final Successor successor;
  private final TimeLimits limits;

  CalledOff(Successor successor, TimeLimits limits) {
    this.successor = successor;
    this.limits = limits;
  }

  boolean known() {
    return successor.known() || limits.totalPassed().isPresent();
  }

  Ending ending() {
    return successor.known() ? successor.ending() : limits.totalPassed().orElseThrow();
  }
}
