package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.backup.BackupRound;
import dev.signalbox.workflows.hint.HintedWorkflow;
import dev.signalbox.workflows.monitor.MonitorRun;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * The ledger of one environment. It alone starts promotions, and the rollbacks that belong to none;
 * it alone grants the lease. It lives for ever by continuing as new.
 */
@WorkflowInterface
public interface EnvironmentWorkflow extends HintedWorkflow {

  @WorkflowMethod(name = "EnvironmentWorkflow")
  void run(LedgerState state);

  /**
   * The door. The request id must be the update id, so that the same request twice has one answer.
   */
  @UpdateMethod(
      name = "request",
      description = "Asks for a promotion or a rollback; answers who carries it out")
  RequestAnswer request(LedgerRequest request);

  @UpdateValidatorMethod(updateName = "request")
  void validateRequest(LedgerRequest request);

  /** What a person orders; its id must be the update id, so that the same twice has one answer. */
  @UpdateMethod(
      name = "order",
      description = "Freezes, locks, holds or quarantines, or takes that back")
  OrderAnswer order(LedgerOrder order);

  @UpdateValidatorMethod(updateName = "order")
  void validateOrder(LedgerOrder order);

  @SignalMethod(
      name = "ordered",
      description = "The same, for who does not wait for the answer: it is judged all the same")
  void ordered(LedgerOrder order);

  @SignalMethod(name = "leaseRequested", description = "A run asks for the environment's lease")
  void leaseRequested(LeaseRequest request);

  @SignalMethod(name = "leaseReleased", description = "A run gives the lease back")
  void leaseReleased(LeaseRelease release);

  @SignalMethod(name = "runEnded", description = "A run reports how it ended")
  void runEnded(RunReport report);

  @SignalMethod(name = "decided", description = "A run reports what somebody decided in it")
  void decided(RunDecision decision);

  /**
   * @param round what came of the last one; null = none are scheduled any more
   */
  @SignalMethod(name = "backupScheduled", description = "How the last scheduled backup ended")
  void backupScheduled(BackupRound round);

  @SignalMethod(
      name = "backupsUnscheduled",
      description = "No backup is scheduled any more, so how the last one ended is forgotten")
  void backupsUnscheduled();

  @SignalMethod(name = "monitored", description = "A run of the health monitor has begun")
  void monitored(MonitorRun run);

  @SignalMethod(
      name = "unmonitored",
      description = "It is not monitored any more, so its last run is forgotten")
  void unmonitored();

  @SignalMethod(name = "outageOver", description = "An outage is over, and its incident closed")
  void outageOver(OutageReport report);

  @QueryMethod(name = "status", description = "What runs, who holds the environment, who waits")
  LedgerStatus status();

  @QueryMethod(
      name = "record",
      description = "What gates judge a commit by: what is live, its quarantine, merges of it")
  LedgerRecord record(String commit);

  /** Null = it was not judged yet, or is too long ago. */
  @QueryMethod(name = "answered", description = "What became of an order, by its decision id")
  OrderAnswer answered(String decisionId);

  @QueryMethod(
      name = "quarantined",
      description = "Which of these commits are in quarantine, and what people ordered there")
  QuarantineReport quarantined(QuarantineQuery query);

  static String id(String project, String environment) {
    return "environment/" + project + "/" + environment;
  }

  /** Whether this is the id of a ledger. */
  static boolean isId(String id) {
    return id.startsWith("environment/");
  }
}
