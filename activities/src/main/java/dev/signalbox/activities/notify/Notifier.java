package dev.signalbox.activities.notify;

import dev.signalbox.workflows.notify.NotifyActivities.Notice;

/**
 * One place where people are told.
 *
 * <p>To add one: a class in this package that implements this, and a line in {@link Notifiers}. It
 * throws {@link dev.signalbox.activities.http.ApiException} and knows no Temporal. A notice may be
 * handed over again after a failure; where the place keeps what it was told, look for {@link
 * Notice#marker()} first, so that people read it once.
 */
public interface Notifier {

  /** Whether this notice concerns this place. No calls. */
  boolean wants(Notice notice);

  /**
   * @param again whether an earlier attempt may have told it already
   */
  void tell(Notice notice, boolean again);
}
