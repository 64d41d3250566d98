package dev.signalbox.starter.gateway;

import java.util.Locale;

/** What became of what came in at a door. */
enum Outcome {
  TAKEN,
  /** It concerns nobody here, or was known already. */
  IGNORED,
  /** It is not from whom it says, is malformed, or is more than the sender may. */
  REFUSED,
  /** It is to be sent again. */
  UNAVAILABLE;

  /** As the metric names it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
