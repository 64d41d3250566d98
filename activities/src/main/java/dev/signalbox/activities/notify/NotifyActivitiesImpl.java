package dev.signalbox.activities.notify;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.Attempts;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.workflows.notify.NotifyActivities;
import io.temporal.activity.Activity;
import java.util.Set;

/** Hands a notice to every place that wants it; one that fails does not keep it from the others. */
public final class NotifyActivitiesImpl implements NotifyActivities {
  private final Notifiers notifiers;
  private final Set<String> projects;

  /**
   * @param projects that this worker serves
   */
  public NotifyActivitiesImpl(Notifiers notifiers, Set<String> projects) {
    this.notifiers = notifiers;
    this.projects = Set.copyOf(projects);
  }

  @Override
  public String showCard(CardOrder order) {
    Failures.requireServed(order.project(), projects);
    boolean again = Attempts.maybeAgain(Activity.getExecutionContext().getInfo());
    return Failures.mapped(
        () -> notifiers.cards().map(place -> place.show(order, again)).orElse(null));
  }

  @Override
  public void tell(Notice notice) {
    Failures.requireServed(notice.project(), projects);
    boolean again = Attempts.maybeAgain(Activity.getExecutionContext().getInfo());
    ApiException failure = null;
    for (Notifier notifier : notifiers.all()) {
      try {
        if (notifier.wants(notice)) {
          notifier.tell(notice, again);
        }
      } catch (ApiException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw Failures.of(failure);
    }
  }
}
