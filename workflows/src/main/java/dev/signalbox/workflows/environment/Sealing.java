package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Reads;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Puts the older entries of the history into the archive, a page at a time, and drops them when
 * they lie there. What was under way when the ledger turns its page is begun again: it is the same
 * file.
 */
final class Sealing {
  private static final Duration PAUSE = Duration.ofHours(1);
  private static final Duration WITHOUT_ARCHIVE = Duration.ofDays(1);
  private static final int LONGEST_TROUBLE = 200;
  private static final String NO_ARCHIVE = "signalbox.toml names no [archive]";

  private final Ledger ledger;
  private final TaskQueues queues;
  private boolean underWay;

  Sealing(Ledger ledger, TaskQueues queues) {
    this.ledger = ledger;
    this.queues = queues;
  }

  boolean hasNews() {
    return !underWay && ledger.history().due();
  }

  /** Begins on the side. */
  void begin() {
    if (hasNews()) {
      underWay = true;
      Async.procedure(this::seal);
    }
  }

  private void seal() {
    while (ledger.history().due()) {
      Duration pause = sealed();
      if (!pause.isZero()) {
        Workflow.sleep(pause);
      }
    }
    underWay = false;
  }

  /** How long to wait before the next try; zero = it worked. */
  private Duration sealed() {
    HistoryPage page = ledger.history().oldest(ledger.project(), ledger.environment());
    try {
      boolean kept =
          Workflow.newActivityStub(
                  LedgerArchive.class,
                  ActivityProfiles.optional(queues.workflows(), "seal a page of the history"))
              .seal(page);
      if (kept) {
        ledger.history().sealed(page);
        return Duration.ZERO;
      }
      ledger.history().notSealed(NO_ARCHIVE);
      return WITHOUT_ARCHIVE;
    } catch (ActivityFailure failed) {
      ledger.history().notSealed(Excerpt.of(Reads.reason(failed), LONGEST_TROUBLE));
      return PAUSE;
    }
  }
}
