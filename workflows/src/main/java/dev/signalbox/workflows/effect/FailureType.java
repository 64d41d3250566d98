package dev.signalbox.workflows.effect;

/**
 * Why an activity failed, as the type of its {@code ApplicationFailure}. The activities' {@code
 * Failures} maps to these in one place; workflows judge by them and by nothing else.
 */
public enum FailureType {
  /** The other side did not answer, or with a 5xx. Retried for reads, guarded and marked steps. */
  UNAVAILABLE("Unavailable"),
  /** Too many calls; nothing was done. Retried after the server's own delay. */
  RATE_LIMITED("RateLimited"),
  /** Refused with a cause that will not go away by itself. Not retried; nothing was done. */
  REJECTED("Rejected"),
  /** What was named does not exist there. Not retried; nothing was done. */
  NOT_FOUND("NotFound"),
  /**
   * A bare call that never left this machine: refused connection, or its own deadline had passed.
   * Nothing was done.
   */
  NOT_SENT("NotSent"),
  /** A bare call left and its answer does not say what happened. */
  UNKNOWN_OUTCOME("UnknownOutcome"),
  /** A waiting read that saw no change yet. Retried at its poll interval, benign. */
  UNCHANGED("Unchanged"),
  /** Somebody else is at it, and this need not be done beside. Not retried; nothing was done. */
  BUSY("Busy"),
  /** The policy file is faulty. Not retried. */
  INVALID_POLICY("InvalidPolicy"),
  /** The activity's input names a project that this worker does not serve. Not retried here. */
  FOREIGN_PROJECT("ForeignProject");

  private final String wireName;

  FailureType(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** Whether the step certainly had no effect. */
  public boolean provesNothingHappened() {
    return this == RATE_LIMITED
        || this == REJECTED
        || this == NOT_FOUND
        || this == NOT_SENT
        || this == FOREIGN_PROJECT;
  }

  /** Whether waiting does not help. */
  public boolean forGood() {
    return this == REJECTED || this == NOT_FOUND || this == FOREIGN_PROJECT;
  }

  /** The type with this wire name; null when it is none of ours. */
  public static FailureType of(String wireName) {
    for (FailureType type : values()) {
      if (type.wireName.equals(wireName)) {
        return type;
      }
    }
    return null;
  }
}
