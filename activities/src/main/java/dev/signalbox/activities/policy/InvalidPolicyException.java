package dev.signalbox.activities.policy;

import java.util.List;

/** The policy has mistakes; the message lists every one of them. */
public final class InvalidPolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param where the file, as people know it
   * @param mistakes one line each, with its place
   */
  public InvalidPolicyException(String where, List<String> mistakes) {
    super(
        where
            + " has "
            + (mistakes.size() == 1 ? "a mistake" : mistakes.size() + " mistakes")
            + ":\n"
            + String.join("\n", mistakes));
  }
}
