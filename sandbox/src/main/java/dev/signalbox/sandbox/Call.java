package dev.signalbox.sandbox;

import java.time.Duration;
import java.util.Optional;

/** One call from outside while it is answered. The handler tells it what it did. */
public final class Call {
  private final String operation;
  private Target target;
  private boolean changedState;
  private boolean answerLost;
  private Duration staleBy;

  public Call(String operation, Target target) {
    this.operation = operation;
    this.target = target;
  }

  public String operation() {
    return operation;
  }

  public Target target() {
    return target;
  }

  /** Says what the call turned out to be about; goes into the journal. */
  public void target(Target about) {
    this.target = about;
  }

  /** The effect has happened, whatever becomes of the answer. */
  public void changedState() {
    this.changedState = true;
  }

  public boolean hasChangedState() {
    return changedState;
  }

  /** Reads must answer from an earlier state. */
  public boolean stale() {
    return staleBy != null;
  }

  /** How much earlier; zero means the state before the last write. */
  public Optional<Duration> staleBy() {
    return Optional.ofNullable(staleBy);
  }

  /**
   * The connection will be cut after the effect: a handler that streams its answer must not begin
   * it.
   */
  public boolean answerLost() {
    return answerLost;
  }

  void beStale(Duration by) {
    this.staleBy = by == null ? Duration.ZERO : by;
  }

  void loseAnswer() {
    this.answerLost = true;
  }
}
