package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.Excerpt;
import java.util.Optional;

/** Why somebody decides or orders something: it stays on record whole, so it has an end. */
public final class Reason {
  /** In characters. */
  public static final int LONGEST = 1_000;

  private Reason() {}

  /** Why a door does not take it; empty = it does. */
  public static Optional<String> tooLong(String reason) {
    return reason == null || reason.length() <= LONGEST
        ? Optional.empty()
        : Optional.of(
            "the reason has "
                + reason.length()
                + " characters, and "
                + LONGEST
                + " stay on record: say it shorter, and link the rest");
  }

  /** As much of one that was not taken as stays on record. */
  public static String clip(String reason) {
    return Excerpt.of(reason, LONGEST);
  }
}
