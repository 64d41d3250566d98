package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.deploy.RestoreRequest;
import dev.signalbox.workflows.policy.MigrationPolicy.BackupMethod;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.RestoreRunWorkflow;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what becomes of a request to bring the database back to a backup. What is started looks
 * and is approved without the lease, and queues for it then like everybody.
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
          null, "signalbox.toml has no [migrations], so it names no database: name it there");
    }
    if (pipeline.migrations().backup() == BackupMethod.RAILWAY_VOLUME) {
      return RequestAnswer.refused(null, byHand(pipeline));
    }
    Optional<LiveSet> target =
        Optional.ofNullable(request.deployment()).flatMap(ledger.running()::rollbackTarget);
    if (request.deployment() != null && target.isEmpty()) {
      return RequestAnswer.refused(
          null,
          "no recorded set has deployment "
              + request.deployment()
              + ": `signalbox history` lists the sets that may be put back");
    }
    String id = RestoreRunWorkflow.id(ledger.project(), ledger.environment());
    startLock.lock();
    try {
      return leases.underWay(id)
          ? RequestAnswer.refused(
              null, id + " is under way: one at a time; answer it, or `signalbox cancel` it")
          : Starts.busy(ledger, leases, pipeline)
              .orElseGet(() -> start(request, target.orElse(null), id));
    } finally {
      startLock.unlock();
    }
  }

  /**
   * Railway only stages it, with whatever else is staged; by what to see that the database stands
   * on the restored volume is not documented.
   */
  private static String byHand(Pipeline pipeline) {
    return "backups are Railway's, of the whole volume (backup = \"railway-volume\"), and Signalbox"
        + " puts none back; in Railway's dashboard: stop the services that write, open "
        + pipeline.migrations().volume()
        + ", Backups, Restore, look that nothing else is staged, and deploy (backups newer than it"
        + " are removed, the present volume stays unmounted); then `signalbox migrate status "
        + pipeline.environment().name()
        + "`";
  }

  private RequestAnswer start(LedgerRequest request, LiveSet target, String id) {
    RunningSet running = ledger.running();
    List<LiveSet> known =
        Stream.concat(Stream.ofNullable(running.lastGood()), running.targets().stream())
            .filter(Objects::nonNull)
            .toList();
    RestoreRequest wanted =
        new RestoreRequest(
            ledger.project(),
            ledger.environment(),
            request.backup(),
            running.live(),
            target,
            known,
            request.requester(),
            request.reason(),
            request.inPlace());
    RestoreRunWorkflow restore =
        Workflow.newChildWorkflowStub(
            RestoreRunWorkflow.class,
            Starts.options(queues, id, "restore " + request.backup(), request));
    Async.function(restore::run, wanted);
    return Starts.queueing(
        ledger,
        restore,
        id,
        wanted.revision(),
        request,
        "looks what going back to " + request.backup() + " means, and asks then");
  }
}
