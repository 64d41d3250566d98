package dev.signalbox.activities.migration;

import java.util.List;

/** Whoever has an upgrade run. What a method throws ends it. */
interface UpgradeWatch {
  /**
   * Everything is ready and nothing was changed: the last moment to say no.
   *
   * @param at what the database names, sorted
   * @param invalidIndexes that the database has already
   */
  void ready(List<String> at, List<String> invalidIndexes);

  /**
   * Called all the time.
   *
   * @param last what it said last; empty = nothing yet
   */
  void beat(String last);

  /** It was told to stop: what the server still does for it can be ended. */
  void stopping();
}
