package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.environment.LeaseGrant;
import dev.signalbox.workflows.environment.LeaseRelease;
import dev.signalbox.workflows.environment.LeaseRequest;
import dev.signalbox.workflows.environment.LedgerLine;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The promotion's side of the environment's lease: asks the ledger, repeats the question, gives it
 * back.
 */
final class Lease {
  private static final List<Duration> REPEATS =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));

  private final LedgerLine ledger;
  private LeaseGrant grant;
  private long returned;

  Lease(LedgerLine ledger) {
    this.ledger = ledger;
  }

  /** The same, of which nobody is told that it takes longer. */
  boolean take(String revision, BooleanSupplier giveUp) {
    return take(revision, giveUp, () -> {});
  }

  /**
   * Waits for the lease, for as long as it takes.
   *
   * @param giveUp ends the wait without the lease
   * @param queued told once, when the ledger has not given it in the time of the first request
   * @return whether it is held
   */
  boolean take(String revision, BooleanSupplier giveUp, Runnable queued) {
    int asked = 0;
    while (grant == null && !giveUp.getAsBoolean()) {
      LeaseRequest request = new LeaseRequest(workflowId(), runId(), revision, now());
      ledger.say(line -> line.leaseRequested(request));
      Duration patience = REPEATS.get(Math.min(asked++, REPEATS.size() - 1));
      if (grant == null) {
        Workflow.await(patience, () -> grant != null || giveUp.getAsBoolean());
      }
      if (grant == null && asked == 1) {
        queued.run();
      }
    }
    return grant != null;
  }

  /**
   * The ledger's signal. One meant for an earlier run of this id, or a late repetition of a lease
   * that was given back, changes nothing.
   */
  void granted(LeaseGrant given) {
    if (runId().equals(given.runId()) && given.number() > returned) {
      grant = given;
    }
  }

  /** It was given back with a report. */
  void reported() {
    returned = number();
    grant = null;
  }

  void giveBack() {
    long number = number();
    reported();
    LeaseRelease release = new LeaseRelease(workflowId(), runId(), number);
    ledger.say(line -> line.leaseReleased(release));
  }

  /** Of a run that may have stopped before it got there. */
  void giveBackIfHeld() {
    if (held()) {
      giveBack();
    }
  }

  boolean held() {
    return grant != null;
  }

  LeaseGrant grant() {
    return grant;
  }

  /** Number of the held lease; 0 = none. */
  long number() {
    return grant == null ? 0 : grant.number();
  }

  private static String workflowId() {
    return Workflow.getInfo().getWorkflowId();
  }

  private static String runId() {
    return Workflow.getInfo().getFirstExecutionRunId();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
