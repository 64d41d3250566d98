package dev.signalbox.activities.http;

import io.temporal.activity.ActivityInfo;

/** Whether a marked step may have been tried before. */
public final class Attempts {
  private Attempts() {}

  /**
   * A first attempt of a scheduled activity is dispatched once, so it need not look for its own
   * marker. A local one begins at one again when its worker dies, so it always looks.
   */
  public static boolean maybeAgain(ActivityInfo info) {
    return info.isLocal() || info.getAttempt() > 1;
  }
}
