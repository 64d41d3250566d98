package dev.signalbox.workflows.hint;

import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/**
 * Brings the reads of a wait forward when somebody tells of news. Only the first hint within {@code
 * poll} does: for the others the look is near enough.
 */
public final class Wake {
  private final Hints hints = new Hints();
  private final Duration poll;
  private CompletablePromise<Void> news = Workflow.newPromise();
  private Instant last;

  /**
   * @param poll least time between two reads
   */
  public Wake(Duration poll) {
    this.poll = poll;
  }

  /** Completes at the next news. */
  public Promise<Void> news() {
    return news;
  }

  /** Takes a hint that concerns the wait; one that is known already is none. */
  public void tell(Hint hint) {
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    if (!hints.take(hint) || (last != null && now.isBefore(last.plus(poll)))) {
      return;
    }
    last = now;
    CompletablePromise<Void> heard = news;
    news = Workflow.newPromise();
    heard.complete(null);
  }
}
