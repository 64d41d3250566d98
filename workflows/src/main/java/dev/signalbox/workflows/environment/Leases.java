package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.environment.LedgerActivities.HolderQuery;
import dev.signalbox.workflows.environment.LedgerActivities.HolderState;
import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.environment.LedgerStatus.Holder;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The lease towards the other runs: delivers grants and finds holders that are gone. Its rules are
 * the {@link Ledger}'s.
 */
final class Leases {
  /** Stands for the run id of a rollback that holds the lease and has none yet. */
  static final String STARTING = "starting";

  private static final Duration LOOK_EVERY = Duration.ofMinutes(5);
  private static final Duration LOOK_AFTER_THE_OTHERS_EVERY = Duration.ofHours(1);
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final TaskQueues queues;
  private final List<LeaseRequest> repeated = new ArrayList<>();
  private Instant looked = now();
  private boolean newAsker;
  private int heldBack;

  Leases(Ledger ledger, TaskQueues queues) {
    this.ledger = ledger;
    this.queues = queues;
    // Who asked while the page was turned has not been looked after yet.
    this.newAsker = ledger.somebodyWaits();
  }

  void requested(LeaseRequest request) {
    if (ledger.holds(request.runId())) {
      repeated.add(request);
      return;
    }
    ledger.ask(request);
    newAsker = true;
  }

  boolean hasNews() {
    return newAsker || !repeated.isEmpty() || mayGrant();
  }

  private boolean mayGrant() {
    return heldBack == 0 && ledger.holder() == null && ledger.somebodyWaits();
  }

  /** Nobody gets the lease from the queue until {@link #letGo}: who goes back goes first. */
  void holdBack() {
    heldBack++;
  }

  void letGo() {
    heldBack--;
  }

  /**
   * Grants to the next in the queue, if the lease is free; to one at a time, so that a full page is
   * noticed between two.
   */
  void grant() {
    repeatGrants();
    if (!mayGrant()) {
      return;
    }
    LeaseGrant next = ledger.grantNext(now()).orElseThrow();
    if (!deliver(ledger.holder().workflowId(), next)) {
      ledger.closedUnheard(next.runId(), null, now());
    }
  }

  /** Grants again to the holder that asks again: the grant may have been lost. */
  void repeatGrants() {
    while (!repeated.isEmpty()) {
      LeaseRequest again = repeated.remove(0);
      if (ledger.holds(again.runId())) {
        deliver(again.workflowId(), ledger.grant());
      }
    }
  }

  private static boolean deliver(String workflowId, LeaseGrant grant) {
    try {
      Workflow.newExternalWorkflowStub(
              PromotionWorkflow.class,
              WorkflowExecution.newBuilder().setWorkflowId(workflowId).build())
          .leaseGranted(grant);
      return true;
    } catch (SignalExternalWorkflowException | ApplicationFailure closed) {
      return false;
    }
  }

  // ---- orphans

  /** How long until somebody is looked after again. */
  Duration untilNextLook() {
    Duration left = lookEvery().minus(Duration.between(looked, now()));
    return left.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : left;
  }

  // A terminated run tells nobody: where nobody waits for it, its end may be noticed later.
  private Duration lookEvery() {
    return ledger.somebodyWaits() ? LOOK_EVERY : LOOK_AFTER_THE_OTHERS_EVERY;
  }

  /**
   * Looks for an orphan when somebody new asks and every five minutes while somebody waits, and
   * after every run once an hour.
   */
  void lookWhenDue() {
    boolean due = newAsker || !now().isBefore(looked.plus(lookEvery()));
    newAsker = false;
    if (due && ledger.somebodyWaits()) {
      look();
    } else if (due && ledger.busy()) {
      looked = now();
      forgetTheClosed();
    }
  }

  /**
   * What the engine knows of the holder; empty when nobody holds the lease, or a run that only just
   * starts. The lease of an orphan is freed and granted to nobody yet: who looked decides first.
   *
   * <p>Freed when the engine knows holder and deploy as closed, never by age: a slow release is no
   * orphan.
   */
  Optional<HolderState> look() {
    while (true) {
      looked = now();
      Holder holder = ledger.holder();
      if (holder == null || holder.runId().equals(STARTING)) {
        return Optional.empty();
      }
      HolderState state = inspect(holder.workflowId(), holder.runId());
      // Another one may hold it since the engine was asked.
      if (ledger.holds(holder.runId())) {
        if (!state.orphaned()) {
          return Optional.of(state);
        }
        ledger.ended(orphanReport(holder, state));
      }
    }
  }

  /**
   * A terminated run reports nothing: before anybody is refused because of it, the engine is asked.
   */
  void forgetTheClosed() {
    // Meanwhile nobody gets the lease: a closed run to which it is just granted would look busy.
    holdBack();
    try {
      look();
      for (OpenRun run : ledger.waiting()) {
        HolderState state = inspect(run.workflowId(), run.runId());
        if (state.holderClosed()) {
          ledger.closedWaiting(run.runId(), state.ending(), now());
        }
      }
    } finally {
      letGo();
    }
  }

  /** Whether the engine, too, knows this run as under way; otherwise it is forgotten. */
  boolean underWay(String workflowId) {
    Optional<OpenRun> run = ledger.openRun(workflowId);
    if (run.isEmpty()) {
      return false;
    }
    if (ledger.holds(run.get().runId())) {
      look();
      return ledger.openRun(workflowId).isPresent();
    }
    HolderState state = inspect(workflowId, run.get().runId());
    if (state.holderClosed()) {
      ledger.closedWaiting(run.get().runId(), state.ending(), now());
    }
    return !state.holderClosed() || ledger.holds(run.get().runId());
  }

  // Unknown is no: a run of which nothing can be learned is not closed.
  private HolderState inspect(String workflowId, String runId) {
    try {
      return Workflow.newActivityStub(
              LedgerActivities.class, ActivityProfiles.quick(queues.workflows(), "is it alive?"))
          .inspect(
              new HolderQuery(
                  ledger.project(),
                  workflowId,
                  runId,
                  MigrateAndDeployWorkflow.id(ledger.project(), ledger.environment())));
    } catch (ActivityFailure unknown) {
      Workflow.getLogger(Leases.class).warn("run not inspected workflow={}", workflowId, unknown);
      return new HolderState(false, false, null, false);
    }
  }

  private RunReport orphanReport(Holder holder, HolderState state) {
    DeployResult deployed = state.deployResult();
    return new RunReport(
        holder.workflowId(),
        holder.runId(),
        holder.number(),
        holder.revision(),
        deployed == null ? Result.FAILED : deployed.result(),
        ledger.openRun(holder.workflowId()).map(OpenRun::requester).orElse(null),
        deployed == null
            ? Objects.requireNonNullElse(state.ending(), "ended without a report")
            : "terminated; its deploy: " + deployed.detail(),
        deployed == null ? null : deployed.former(),
        deployed == null ? null : deployed.live(),
        // Nobody can say how far a deploy came that has no result.
        deployed == null ? state.deployLost() : deployed.mixed(),
        deployed != null && deployed.quarantine(),
        true,
        now(),
        deployed == null ? null : deployed.schema());
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
