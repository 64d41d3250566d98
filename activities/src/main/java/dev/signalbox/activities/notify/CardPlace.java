package dev.signalbox.activities.notify;

import dev.signalbox.workflows.notify.NotifyActivities.CardOrder;

/** A place where a card can stand and be changed. */
interface CardPlace {
  /**
   * Shows it, or changes the one that stands there.
   *
   * @param again whether an earlier attempt may have shown it already
   * @return where it stands
   */
  String show(CardOrder order, boolean again);
}
