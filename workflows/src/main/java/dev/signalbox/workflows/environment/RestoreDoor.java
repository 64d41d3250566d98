package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.deploy.RestoreRequest;
import dev.signalbox.workflows.deploy.RestoreWorkflow;
import dev.signalbox.workflows.policy.Pipeline;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what becomes of a request to bring the database back to a backup: started with its lease,
 * or refused.
 */
final class RestoreDoor {
  private final Ledger ledger;
  private final Leases leases;
  private final RequestReading reading;
  private final TaskQueues queues;
  private final WorkflowLock startLock;

  /**
   * @param startLock held by whoever decides and starts
   */
  RestoreDoor(Ledger ledger, Leases leases, TaskQueues queues, WorkflowLock startLock) {
    this.ledger = ledger;
    this.leases = leases;
    this.reading = new RequestReading(ledger, queues);
    this.queues = queues;
    this.startLock = startLock;
  }

  RequestAnswer answer(LedgerRequest request) {
    if (request.backup() == null || request.backup().isBlank()) {
      return RequestAnswer.refused(null, "name the backup: `signalbox backup list` shows them");
    }
    Pipeline pipeline = reading.policy();
    if (pipeline.migrations() == null) {
      return RequestAnswer.refused(
          null, "signalbox.toml has no [migrations], so it names no database");
    }
    Optional<LiveSet> target =
        Optional.ofNullable(request.deployment()).flatMap(ledger.running()::rollbackTarget);
    if (request.deployment() != null && target.isEmpty()) {
      return RequestAnswer.refused(null, "no recorded set has deployment " + request.deployment());
    }
    leases.holdBack();
    startLock.lock();
    try {
      leases.look();
      return ledger.holder() == null ? start(request, target.orElse(null)) : busy();
    } finally {
      startLock.unlock();
      leases.letGo();
    }
  }

  private RequestAnswer busy() {
    return RequestAnswer.refused(
        null,
        "busy with "
            + ledger.holder().workflowId()
            + "; a restore never queues: ask again when that has ended");
  }

  private RequestAnswer start(LedgerRequest request, LiveSet target) {
    RunningSet running = ledger.running();
    LiveSet present = running.live();
    LiveSet code = target == null ? present : target;
    String revision = code == null ? null : code.revision();
    String id = MigrateAndDeployWorkflow.id(ledger.project(), ledger.environment());
    long number = ledger.hold(id, Leases.STARTING, revision, now()).number();
    List<LiveSet> known =
        Stream.concat(Stream.ofNullable(running.lastGood()), running.targets().stream())
            .filter(Objects::nonNull)
            .toList();
    RestoreWorkflow restore =
        Workflow.newChildWorkflowStub(
            RestoreWorkflow.class,
            Starts.options(queues, id, "restore " + request.backup(), request));
    Async.function(
        restore::run,
        new RestoreRequest(
            ledger.project(),
            ledger.environment(),
            request.backup(),
            present,
            target,
            known,
            request.requester(),
            request.reason(),
            request.inPlace(),
            number));
    return Starts.fenced(
        ledger,
        restore,
        revision,
        number,
        request,
        "looks what going back to " + request.backup() + " means, and asks then");
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
