package dev.signalbox.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One call from outside while it is answered. The handler tells it what it did. */
public final class Call {
  private final String operation;
  private Target target;
  private boolean changedState;
  private boolean answerLost;
  private Duration staleBy;
  private final List<Call> others = new ArrayList<>();
  private final List<String> parts = new ArrayList<>();

  public Call(String operation, Target target) {
    this.operation = operation;
    this.target = target;
  }

  /**
   * A further deed in the same request, journaled as an entry of its own: one GraphQL document may
   * hold several mutations.
   */
  public Call also(String otherOperation, Target otherTarget) {
    Call other = new Call(otherOperation, otherTarget);
    others.add(other);
    return other;
  }

  /** A further operation that this request reads: faults for it strike the request. */
  public void reads(String otherOperation) {
    parts.add(otherOperation);
  }

  List<Call> others() {
    return others;
  }

  List<String> parts() {
    return parts;
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
