package dev.signalbox.workflows.environment;

import static java.util.stream.Collectors.joining;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.CommitStatus;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.policy.Emergency;
import dev.signalbox.workflows.policy.EnvironmentPolicy.WhenBusy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.PromotionRequest;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ShortCommit;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides what becomes of a request for a promotion, and starts the one that may begin. */
final class PromotionDoor {
  private final Ledger ledger;
  private final Leases leases;
  private final Epilogue epilogue;
  private final TaskQueues queues;
  private final WorkflowLock startLock;
  private final RequestReading reading;
  private final OnlyOne onlyOne;
  private final LedgerProofs proofs;
  private final Set<String> starting = new HashSet<>();

  /**
   * @param startLock held by whoever decides and starts, a promotion or a rollback
   */
  PromotionDoor(
      Ledger ledger, Leases leases, Epilogue epilogue, TaskQueues queues, WorkflowLock startLock) {
    this.ledger = ledger;
    this.leases = leases;
    this.epilogue = epilogue;
    this.queues = queues;
    this.startLock = startLock;
    this.reading = new RequestReading(ledger, queues);
    this.onlyOne = new OnlyOne(ledger);
    this.proofs = new LedgerProofs(ledger);
  }

  // What GitHub is asked is asked outside the lock: a GitHub that hangs stops no other start.
  RequestAnswer answer(LedgerRequest request) {
    Pipeline pipeline = reading.policy();
    String revision = reading.revision(pipeline, request);
    String id = PromotionWorkflow.id(ledger.project(), ledger.environment(), revision);
    // One at a time for each promotion: "pending" must not be said of one that runs already.
    Workflow.await(() -> !starting.contains(id));
    starting.add(id);
    try {
      Optional<RequestAnswer> settled = settled(pipeline, request, revision, id);
      if (settled.isPresent()) {
        return settled.get();
      }
      Optional<RequestAnswer> running = runsAlready(pipeline, revision, id);
      if (running.isPresent()) {
        return running.get();
      }
      Succession succession = new Succession(queues, pipeline, revision, RequestReading.WITHIN);
      boolean supersedes = pipeline.environment().whenBusy() == WhenBusy.SUPERSEDE;
      if (supersedes || request.automatic()) {
        // What nobody asked for gives way to a newer one of its kind, whatever the policy.
        succession.compareWith(
            ledger.waiting().stream()
                .filter(run -> PromotionWorkflow.isId(run.workflowId()))
                .filter(run -> supersedes || Triggers.started(run))
                .toList(),
            run -> stands(pipeline, request) && Triggers.ofBranch(run));
      }
      // What is left to say of a run before this one must not come after "pending".
      Workflow.await(RequestReading.WITHIN, () -> !epilogue.owes(id));
      markPending(pipeline, revision);
      return startUnlessSettled(pipeline, request, revision, id, succession);
    } finally {
      starting.remove(id);
    }
  }

  /** Whether this is what a trigger found at the branch just now. */
  private boolean stands(Pipeline pipeline, LedgerRequest request) {
    return request.automatic()
        && ledger.triggers().standsAt(pipeline.sourceBranch(), request.revision());
  }

  private RequestAnswer startUnlessSettled(
      Pipeline pipeline, LedgerRequest request, String revision, String id, Succession succession) {
    startLock.lock();
    try {
      Optional<RequestAnswer> settled = settled(pipeline, request, revision, id);
      if (settled.isPresent()) {
        return settled.get();
      }
      String others = ledger.busy() ? whoGoesFirst() : null;
      List<OpenRun> older = ledger.waiting().stream().filter(succession::supersedes).toList();
      older.forEach(run -> Succession.tell(run, id));
      return start(request, revision, id, others);
    } finally {
      startLock.unlock();
    }
  }

  /** The answer to a request that needs no new run; empty = one may be started. */
  private Optional<RequestAnswer> settled(
      Pipeline pipeline, LedgerRequest request, String revision, String id) {
    if (leases.underWay(id)) {
      return Optional.of(
          onlyOne
              .differs(request, id)
              .or(() -> noEmergencyAnyMore(request))
              .map(why -> new RequestAnswer(id, revision, Outcome.REFUSED, why, false))
              .orElse(new RequestAnswer(id, revision, Outcome.JOINED, "already under way", false)));
    }
    if (onlyOne.runs(request, revision)) {
      return Optional.of(
          new RequestAnswer(
              id,
              revision,
              Outcome.ALREADY_THERE,
              ShortCommit.of(revision)
                  + " is live since "
                  + Moments.text(ledger.running().live().since())
                  + (ledger.busy()
                      ? "; " + busyWith() + " has the environment and may change that"
                      : ""),
              false));
    }
    return onlyOne
        .refusal(pipeline, request)
        .or(() -> mixedOverLastGood(revision))
        .or(() -> quarantined(pipeline, revision))
        .or(() -> onHold(request))
        .or(() -> noEmergency(pipeline, request))
        .or(() -> busy(pipeline))
        .map(why -> new RequestAnswer(id, revision, Outcome.REFUSED, why, false));
  }

  /** Without a record of ours Railway says whether the commit runs here already. */
  private Optional<RequestAnswer> runsAlready(Pipeline pipeline, String revision, String id) {
    if (ledger.running().lastGood() != null || ledger.running().mixed() != null) {
      return Optional.empty();
    }
    return reading
        .running(pipeline)
        .filter(running -> running.revision().equals(revision))
        .map(
            running ->
                new RequestAnswer(
                    id,
                    revision,
                    Outcome.ALREADY_THERE,
                    ShortCommit.of(revision)
                        + " runs as every service"
                        + (running.since() == null ? "" : " since " + Moments.text(running.since()))
                        + ", by what Railway says; no promotion of ours is on record here",
                    false));
  }

  /** What was live before it became mixed is put back, not promoted: its images are there. */
  private Optional<String> mixedOverLastGood(String revision) {
    Mixed mixed = ledger.running().mixed();
    LiveSet lastGood = ledger.running().lastGood();
    return mixed == null || lastGood == null || !revision.equals(lastGood.revision())
        ? Optional.empty()
        : Optional.of(
            "mixed since "
                + Moments.text(mixed.since())
                + " ("
                + mixed.by()
                + " left it so), and this is the last good set: `signalbox rollback "
                + ledger.environment()
                + "` puts it back"
                + lastGood.unreadable().map(why -> ", but " + why).orElse(""));
  }

  private Optional<String> quarantined(Pipeline pipeline, String revision) {
    return ledger
        .quarantine()
        .find(revision)
        .map(
            entry ->
                "quarantined"
                    + (entry.since() == null ? "" : " since " + Moments.text(entry.since()))
                    + ": "
                    + entry.reason()
                    + "; "
                    + OrderRights.of(pipeline).outOfQuarantine(entry));
  }

  private static Optional<String> noEmergencyAnyMore(LedgerRequest request) {
    return request.emergency()
        ? Optional.of(
            "it is under way already, and what runs does not become an emergency: `signalbox"
                + " cancel` it first, then ask again")
        : Optional.empty();
  }

  private Optional<String> noEmergency(Pipeline pipeline, LedgerRequest request) {
    if (!request.emergency()) {
      return Optional.empty();
    }
    Emergency rule = pipeline.environment().times().emergency();
    if (rule == null) {
      return Optional.of(
          "no emergency is known here: [environments."
              + ledger.environment()
              + "] of signalbox.toml has no `emergency`");
    }
    if (request.reason() == null || request.reason().isBlank()) {
      return Optional.of("say why it is an emergency");
    }
    String door = request.door() == null ? "cli" : request.door();
    if (!pipeline.environment().trust().contains(door)
        && !proofs.hold(request.words(proofs.ledgerId()), request.proof())) {
      return Optional.of("who calls it is not proved, and `trust` does not list \"" + door + "\"");
    }
    return rule.mayBeCalledBy(request.requester(), pipeline.people())
        ? Optional.empty()
        : Optional.of(
            "'"
                + request.requester()
                + "' may not call an emergency; people of "
                + String.join(", ", rule.from())
                + " may");
  }

  private Optional<String> onHold(LedgerRequest request) {
    return ledger
        .orders()
        .onHold()
        .filter(hold -> request.automatic())
        .map(
            hold ->
                "on hold by "
                    + hold.person()
                    + " since "
                    + Moments.text(hold.since())
                    + ": "
                    + hold.reason()
                    + "; nothing is promoted by itself until somebody promotes by hand");
  }

  /** Why nothing new is started, where the policy wants that. */
  private Optional<String> busy(Pipeline pipeline) {
    if (pipeline.environment().whenBusy() != WhenBusy.REFUSE) {
      return Optional.empty();
    }
    leases.forgetTheClosed();
    return ledger.busy()
        ? Optional.of("busy with " + busyWith() + " (when_busy = \"refuse\")")
        : Optional.empty();
  }

  // Who has no lease stands in nobody's way: only the holder is certain to go first.
  private String whoGoesFirst() {
    if (ledger.holder() != null) {
      return "it takes its turn after " + ledger.holder().workflowId();
    }
    return "nobody holds "
        + ledger.environment()
        + ", and who is ready first goes first; also under way: "
        + ledger.waiting().stream().map(OpenRun::workflowId).collect(joining(", "));
  }

  private String busyWith() {
    return ledger.holder() != null
        ? ledger.holder().workflowId()
        : ledger.waiting().get(0).workflowId();
  }

  // From the start, and before the promotion's own words can follow: an older "pending" must not
  // come last.
  private void markPending(Pipeline pipeline, String revision) {
    ActivityOptions within =
        ActivityProfiles.quick(queues.github(), "status pending", RequestReading.WITHIN);
    try {
      Workflow.newActivityStub(GitHubActivities.class, within)
          .postStatus(
              new CommitStatus(
                  ledger.project(),
                  pipeline.project().github(),
                  revision,
                  "signalbox/" + ledger.environment(),
                  StatusState.PENDING,
                  "waits for its gates"));
    } catch (ActivityFailure unmarked) {
      // The promotion posts its own later; without any, a required check stays open, which is safe.
      Workflow.getLogger(PromotionDoor.class)
          .info("commit not marked pending revision={}", revision);
    }
  }

  private RequestAnswer start(LedgerRequest request, String revision, String id, String others) {
    long ordered = ledger.orders().taken();
    PromotionWorkflow promotion =
        Workflow.newChildWorkflowStub(
            PromotionWorkflow.class,
            Starts.options(
                queues, id, ShortCommit.of(revision) + " to " + ledger.environment(), request));
    Async.function(
        promotion::run,
        new PromotionRequest(
            ledger.project(),
            ledger.environment(),
            revision,
            request.requester(),
            request.reason(),
            ledger.record(revision),
            request.service(),
            request.automatic(),
            request.emergency()));
    try {
      WorkflowExecution execution = Workflow.getWorkflowExecution(promotion).get();
      ledger.started(
          new OpenRun(id, execution.getRunId(), revision, request.service(), request.requester()));
      if (ledger.orders().taken() != ordered) {
        ledger.orders().again();
      }
    } catch (ChildWorkflowFailure alreadyRunning) {
      return new RequestAnswer(id, revision, Outcome.JOINED, "already under way", false);
    }
    return others == null
        ? new RequestAnswer(id, revision, Outcome.STARTED, "started", false)
        : new RequestAnswer(id, revision, Outcome.QUEUED, "started; " + others, false);
  }
}
