package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Answer;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.ApprovalMessage;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.deploy.DeployRequest;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.DeployStatus;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.environment.LeaseGrant;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.environment.RunReport;
import dev.signalbox.workflows.gate.Facts;
import dev.signalbox.workflows.gate.FactsActivities;
import dev.signalbox.workflows.gate.FactsActivities.FactsQuery;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.gate.Gates;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.CommitStatus;
import dev.signalbox.workflows.github.GitHubActivities.DeploymentDraft;
import dev.signalbox.workflows.github.GitHubActivities.DeploymentStatus;
import dev.signalbox.workflows.github.GitHubActivities.MergeOrder;
import dev.signalbox.workflows.github.GitHubActivities.MergeProof;
import dev.signalbox.workflows.github.GitHubActivities.PullBody;
import dev.signalbox.workflows.github.GitHubActivities.PullDraft;
import dev.signalbox.workflows.github.GitHubActivities.PullRequest;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.github.GitHubActivities.TagDraft;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import dev.signalbox.workflows.policy.EnvironmentPolicy.Approvals;
import dev.signalbox.workflows.policy.EnvironmentPolicy.AutoDeploy;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.TriggerOrder;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.ReleaseSets;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The runbook of a release: gates, approval, lease, re-read, merge, deploy, release. */
public final class PromotionWorkflowImpl implements PromotionWorkflow {
  private static final Duration LONGEST_WAIT_FOR_FACTS = Duration.ofHours(1);

  private final PromotionRequest request;
  private final TaskQueues queues;
  private final Timeline timeline = new Timeline();
  private final Asks asks = new Asks();
  private final Map<String, Ask> mirrored = new LinkedHashMap<>();
  private final Lease lease;
  private final List<Promise<?>> sideEffects = new ArrayList<>();

  private String stage = "resolving";
  private Pipeline pipeline;
  private Facts facts;
  private List<GateResult> gates = List.of();
  private ReleaseSet release;
  private LiveSet live;
  private List<Quarantined> quarantine;
  private PullRequest pull;
  private String approvedDigest;
  private int approvalsAsked;
  private List<String> changes = List.of();
  private String card;
  private String supersededBy;
  private String mergeCommit;
  private Promise<Long> githubDeployment;
  private PromotionResult result;

  @WorkflowInit
  public PromotionWorkflowImpl(PromotionRequest request) {
    this.request = request;
    this.queues = new TaskQueues(request.project());
    this.lease = new Lease(request.project(), request.environment());
    this.live = request.live();
    this.quarantine = request.quarantine();
  }

  @Override
  public PromotionResult run(PromotionRequest same) {
    Ending ending = journey();
    Workflow.newDetachedCancellationScope(() -> close(ending)).run();
    return result;
  }

  private Ending journey() {
    try {
      while (true) {
        readPolicy();
        Optional<Ending> stopped = passGates().or(this::getApproval).or(this::takeLease);
        if (stopped.isPresent()) {
          return stopped.get();
        }
        stage = "rereading";
        Reread reread = reread();
        if (reread.stopped() != null) {
          return reread.stopped();
        }
        if (reread.change().none()) {
          return ship();
        }
        lease.giveBack();
        voidApprovalBecauseOf(reread.change());
      }
    } catch (TemporalFailure failure) {
      return isCancel(failure)
          ? Ending.of(Result.CANCELLED, "cancelled while " + stage)
          : Ending.of(Result.FAILED, "stopped while " + stage + ": " + rootMessage(failure));
    }
  }

  private void readPolicy() {
    pipeline =
        Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
            .read(new PolicyQuery(request.project(), request.environment()));
    asks.judgeBy(pipeline, request.requester());
  }

  // ---- gates

  private Optional<Ending> passGates() {
    stage = "gates";
    timeline.begin("gates");
    Promise<Void> pending =
        Async.procedure(() -> postStatus(StatusState.PENDING, "waits for its gates"));
    look(null);
    pending.get();
    while (true) {
      Optional<Ending> failed = failedGate();
      if (failed.isPresent()) {
        return failed;
      }
      openPull();
      if (supersededBy != null) {
        return Optional.of(superseded());
      }
      List<GateResult> waiting =
          gates.stream().filter(gate -> gate.state() == State.WAITING).toList();
      if (waiting.isEmpty()) {
        timeline.done("gates", gates.size() + " met");
        return Optional.empty();
      }
      timeline.waiting("gates", waiting.get(0).name() + ": " + waiting.get(0).evidence());
      waitForChange(waiting);
    }
  }

  private void look(String unlike) {
    facts = facts(ActivityProfiles.quick(queues.workflows(), "read the facts")).read(query(unlike));
    judge();
  }

  private void judge() {
    gates = Gates.of(pipeline, request.revision(), quarantine).judge(facts);
    if (facts.release() != null) {
      release = ReleaseSets.of(pipeline, request.revision(), facts);
    }
  }

  private Optional<Ending> failedGate() {
    return gates.stream()
        .filter(gate -> gate.state() == State.FAILED)
        .findFirst()
        .map(
            gate -> {
              timeline.failed("gates", null, gate.name() + ": " + gate.evidence());
              return Ending.of(Result.FAILED, "gate " + gate.name() + ": " + gate.evidence());
            });
  }

  // Three events however long it takes: the activity answers only when something has changed.
  private void waitForChange(List<GateResult> waiting) {
    Duration longest =
        waiting.stream()
            .map(GateResult::until)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .map(until -> Duration.between(now(), until))
            .filter(until -> until.compareTo(LONGEST_WAIT_FOR_FACTS) < 0)
            .orElse(LONGEST_WAIT_FOR_FACTS);
    List<Promise<Facts>> changed = new ArrayList<>();
    CancellationScope watch =
        Workflow.newCancellationScope(
            () ->
                changed.add(
                    Async.function(
                        facts(
                                ActivityProfiles.untilChanged(
                                    queues.workflows(),
                                    "wait for a change",
                                    pipeline.environment().limits().poll()))
                            ::read,
                        query(facts.fingerprint()))));
    watch.run();
    Workflow.await(
        longest.isNegative() ? Duration.ZERO : longest,
        () -> changed.get(0).isCompleted() || supersededBy != null);
    if (changed.get(0).isCompleted()) {
      facts = changed.get(0).get();
      judge();
    } else {
      watch.cancel("waited long enough");
      look(null);
    }
  }

  private FactsActivities facts(io.temporal.activity.ActivityOptions options) {
    return Workflow.newActivityStub(FactsActivities.class, options);
  }

  private FactsQuery query(String unlike) {
    return new FactsQuery(
        request.project(),
        pipeline,
        request.revision(),
        live,
        request.merges(),
        unlike,
        pipeline.environment().limits().poll());
  }

  private void openPull() {
    if (pull != null || release == null || pipeline.source() == null) {
      return;
    }
    pull =
        github("open the pull request")
            .ensurePull(
                new PullDraft(
                    request.project(),
                    repository(),
                    pipeline.sourceBranch(),
                    pipeline.environment().branch(),
                    text().title(),
                    body("waiting")));
  }

  // ---- approval

  private Optional<Ending> getApproval() {
    Approvals rule = pipeline.environment().approvals();
    if (rule == null && !release.first()) {
      timeline.skipped("approval", null, "none needed");
      return Optional.empty();
    }
    if (release.digest().equals(approvedDigest)) {
      return Optional.empty();
    }
    stage = "approval";
    Ask ask = approvalAsk(rule);
    card = text().card(gates, ask.from(), changes);
    asks.open(ask);
    timeline.waiting(
        "approval", "by " + (ask.from().isEmpty() ? "anybody" : String.join(", ", ask.from())));
    tell(Event.APPROVAL_WANTED, ask.id(), card, mentions(ask.from()));
    boolean decided =
        Workflow.await(
            Duration.between(now(), ask.expires()),
            () -> asks.decided(ask) || supersededBy != null);
    asks.close(ask.id());
    if (supersededBy != null) {
      return Optional.of(superseded());
    }
    return decided ? decision(ask) : Optional.of(expired(ask));
  }

  private Ask approvalAsk(Approvals rule) {
    List<String> from =
        rule == null
            ? List.of()
            : pipeline.people().stream()
                .filter(person -> rule.from().contains(person.group()))
                .map(Person::name)
                .distinct()
                .toList();
    return new Ask(
        "approval-" + ++approvalsAsked,
        Ask.Kind.APPROVAL,
        "approval",
        "May "
            + release.shortRevision()
            + " ("
            + release.alias()
            + ") go to "
            + request.environment()
            + "?"
            + (release.first() ? " First release: there is no last good set to go back to." : ""),
        null,
        List.of(Asks.APPROVE, Asks.REJECT),
        from,
        rule == null ? 1 : Math.max(1, rule.required()),
        release.digest(),
        now(),
        now().plus(rule == null ? Duration.ofDays(7) : rule.expires()));
  }

  private Optional<Ending> decision(Ask ask) {
    return asks.rejection(ask.id())
        .map(
            no -> {
              timeline.failed("approval", null, "rejected by " + no.person());
              return Ending.of(Result.REJECTED, "rejected by " + no.person() + ": " + no.reason());
            })
        .or(
            () -> {
              approvedDigest = release.digest();
              timeline.done("approval", "by " + String.join(", ", asks.approvers(ask.id())));
              return Optional.empty();
            });
  }

  private Ending expired(Ask ask) {
    timeline.failed("approval", null, "expired");
    return Ending.of(
        Result.REJECTED, "nobody answered until " + ask.expires() + ": expired is rejected");
  }

  private void voidApprovalBecauseOf(Change change) {
    changes = change.lines();
    approvedDigest = null;
    timeline.skipped("approval-void", null, change.sentence());
  }

  // ---- lease and re-read

  private Optional<Ending> takeLease() {
    stage = "lease";
    timeline.waiting("lease", "queued at the ledger");
    if (!lease.take(request.revision(), () -> supersededBy != null)) {
      return Optional.of(superseded());
    }
    timeline.done("lease", "number " + lease.number());
    return Optional.empty();
  }

  /** The world, immediately before the deed: stopped for good, changed, or as it was approved. */
  private record Reread(Ending stopped, Change change) {}

  private Reread reread() {
    timeline.begin("reread");
    Pipeline approvedPolicy = pipeline;
    ReleaseSet approved = release;
    live = lease.grant().live();
    quarantine = lease.grant().quarantine();
    readPolicy();
    look(null);
    Optional<Ending> failed = failedGate();
    if (failed.isPresent()) {
      timeline.failed("reread", null, failed.get().detail());
      return new Reread(failed.get(), null);
    }
    Optional<GateResult> waiting =
        gates.stream().filter(gate -> gate.state() == State.WAITING).findFirst();
    Change change =
        waiting
            .map(
                gate ->
                    new Change(List.of("gate " + gate.name() + " waits again: " + gate.evidence())))
            .orElseGet(() -> Change.between(approved, approvedPolicy, release, pipeline));
    timeline.done("reread", change.none() ? "as approved" : change.sentence());
    return new Reread(null, change);
  }

  // ---- ship

  private Ending ship() {
    stage = "merging";
    switchAutoDeployOff();
    if (pull != null) {
      Ending stopped = merge();
      if (stopped != null) {
        return stopped;
      }
    } else {
      postStatus(StatusState.SUCCESS, "all gates met");
    }
    if (CancellationScope.current().isCancelRequested()) {
      return Ending.of(Result.CANCELLED, "cancelled after the merge; nothing was deployed");
    }
    return deploy();
  }

  private void switchAutoDeployOff() {
    if (pipeline.environment().autoDeploy() != AutoDeploy.SWITCH_OFF) {
      return;
    }
    facts.target().services().stream()
        .flatMap(service -> service.triggers().stream())
        .forEach(
            trigger -> {
              railway("remove a trigger")
                  .removeTrigger(new TriggerOrder(request.project(), trigger.id()));
              timeline.done(
                  "switch-off",
                  "removed the trigger on " + trigger.branch() + " of " + trigger.repository());
            });
  }

  // Detached: a merge under way is brought to its end, whoever cancels.
  private Ending merge() {
    Ending[] stopped = new Ending[1];
    Workflow.newDetachedCancellationScope(() -> stopped[0] = mergeGuarded()).run();
    return stopped[0];
  }

  private Ending mergeGuarded() {
    timeline.begin("merge");
    postStatus(StatusState.SUCCESS, "all gates met, approved, lease held");
    MergeProof proof;
    try {
      proof =
          github("merge")
              .merge(
                  new MergeOrder(
                      request.project(),
                      repository(),
                      pull.number(),
                      request.revision(),
                      release.targetHead(),
                      text().title() + " (" + release.shortDigest() + ")"));
    } catch (ActivityFailure refused) {
      timeline.failed("merge", null, rootMessage(refused));
      return Ending.of(Result.FAILED, "not merged: " + rootMessage(refused));
    }
    boolean level =
        proof.parents().equals(List.of(release.targetHead(), request.revision()))
            && Objects.equals(proof.tree(), proof.revisionTree());
    if (!level) {
      timeline.failed("merge", null, "the base moved");
      return Ending.of(
          Result.FAILED,
          "the base moved: "
              + proof.mergeCommit().substring(0, 7)
              + " is not the approved commit alone; nothing deployed");
    }
    mergeCommit = proof.mergeCommit();
    timeline.done("merge", mergeCommit.substring(0, 7));
    return null;
  }

  private Ending deploy() {
    stage = "deploying";
    aside(Async.procedure(() -> updateBody("deploying")));
    githubDeployment = Async.function(this::createDeployment);
    try {
      DeployResult deployed =
          deployWorkflow()
              .run(
                  new DeployRequest(
                      Workflow.getInfo().getWorkflowId(),
                      Workflow.getInfo().getFirstExecutionRunId(),
                      request.revision(),
                      mergeCommit,
                      release.digest(),
                      request.requester(),
                      live,
                      pipeline,
                      facts.target(),
                      lease.number()));
      timeline.add(deployed.steps());
      return Ending.of(deployed);
    } catch (ChildWorkflowFailure failure) {
      return isCancel(failure)
          ? Ending.of(Result.CANCELLED, "cancelled before anything was deployed")
          : Ending.of(Result.FAILED, "the deploy could not run: " + rootMessage(failure));
    }
  }

  private MigrateAndDeployWorkflow deployWorkflow() {
    return Workflow.newChildWorkflowStub(
        MigrateAndDeployWorkflow.class,
        ChildWorkflowOptions.newBuilder()
            .setWorkflowId(MigrateAndDeployWorkflow.id(request.project(), request.environment()))
            .setTaskQueue(queues.workflows())
            .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
            .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setStaticSummary(release.shortRevision() + " to " + request.environment())
            .setStaticDetails("Part of `" + Workflow.getInfo().getWorkflowId() + "`")
            .build());
  }

  // ---- the end

  private void close(Ending ending) {
    stage = "releasing";
    if (ending.live()) {
      timeline.begin("release");
      aside(Async.procedure(this::tag));
    } else {
      timeline.failOpen(ending.detail());
      aside(Async.procedure(() -> postStatus(StatusState.FAILURE, ending.detail())));
    }
    if (githubDeployment != null) {
      aside(Async.procedure(() -> reportDeployment(ending)));
    }
    event(ending)
        .ifPresent(
            event ->
                aside(
                    Async.procedure(
                        () -> tell(event, "end", report(ending), mentionsAtEnd(ending)))));
    aside(Async.procedure(() -> updateBody(ending.result().word())));
    sideEffects.forEach(this::finish);
    if (ending.live()) {
      timeline.done("release", "tagged and reported");
    }
    result =
        new PromotionResult(
            Workflow.getInfo().getWorkflowId(),
            request.revision(),
            ending.result(),
            release == null ? null : release.digest(),
            ending.detail(),
            mergeCommit,
            timeline.steps(),
            release == null ? ending.detail() : report(ending));
    reportToLedger(ending);
  }

  private void tag() {
    github("tag")
        .createTag(new TagDraft(request.project(), repository(), tagName(), request.revision()));
  }

  private String tagName() {
    String date = DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC).format(now());
    return pipeline
        .environment()
        .tag()
        .replace("{environment}", request.environment())
        .replace("{date}", date)
        .replace("{short}", release.shortRevision());
  }

  private long createDeployment() {
    return optional("create the deployment")
        .createDeployment(
            new DeploymentDraft(
                request.project(),
                repository(),
                request.revision(),
                request.environment(),
                marker("deployment"),
                text().title()));
  }

  private void reportDeployment(Ending ending) {
    List<String> addresses = ending.deploy() == null ? List.of() : ending.deploy().addresses();
    optional("report the deployment")
        .postDeploymentStatus(
            new DeploymentStatus(
                request.project(),
                repository(),
                githubDeployment.get(),
                ending.live() ? StatusState.SUCCESS : StatusState.FAILURE,
                clip(ending.detail()),
                addresses.isEmpty() ? null : addresses.get(addresses.size() - 1)));
  }

  private static Optional<Event> event(Ending ending) {
    return switch (ending.result()) {
      case LIVE -> Optional.of(Event.LIVE);
      case ROLLED_BACK -> Optional.of(Event.ROLLED_BACK);
      case FAILED, TIMED_OUT -> Optional.of(Event.FAILED);
      case REJECTED, CANCELLED, SUPERSEDED, WAITING -> Optional.empty();
    };
  }

  private List<String> mentionsAtEnd(Ending ending) {
    return ending.live() || pipeline == null || pipeline.environment().approvals() == null
        ? List.of()
        : mentions(approvalAskPeople());
  }

  private List<String> approvalAskPeople() {
    return pipeline.people().stream()
        .filter(person -> pipeline.environment().approvals().from().contains(person.group()))
        .map(Person::name)
        .toList();
  }

  private void reportToLedger(Ending ending) {
    DeployResult deployed = ending.deploy();
    lease
        .ledger()
        .runEnded(
            new RunReport(
                Workflow.getInfo().getWorkflowId(),
                Workflow.getInfo().getFirstExecutionRunId(),
                lease.number(),
                request.revision(),
                ending.result(),
                request.requester(),
                clip(ending.detail()),
                deployed == null ? null : deployed.live(),
                deployed != null && deployed.quarantine(),
                now()));
  }

  private void aside(Promise<?> sideEffect) {
    sideEffects.add(sideEffect);
  }

  // What people are told never stops a promotion; that it could not be told stands in the report.
  private void finish(Promise<?> sideEffect) {
    try {
      sideEffect.get();
    } catch (TemporalFailure failure) {
      timeline.failed("report", null, rootMessage(failure));
    }
  }

  // ---- small words to GitHub

  private void postStatus(StatusState state, String description) {
    if (pipeline == null) {
      return;
    }
    github("status " + state.name().toLowerCase(java.util.Locale.ROOT))
        .postStatus(
            new CommitStatus(
                request.project(),
                repository(),
                request.revision(),
                "signalbox/" + request.environment(),
                state,
                clip(description)));
  }

  private void updateBody(String state) {
    if (pull != null) {
      optional("update the pull request")
          .updatePull(new PullBody(request.project(), repository(), pull.number(), body(state)));
    }
  }

  private void tell(Event event, String step, String markdown, List<String> mentions) {
    if (pull == null) {
      return;
    }
    try {
      Workflow.newActivityStub(
              NotifyActivities.class,
              ActivityProfiles.optional(queues.notices(), "tell: " + event.name()))
          .tell(
              new Notice(
                  request.project(),
                  repository(),
                  pull.number(),
                  event,
                  marker(step),
                  mentions,
                  markdown));
    } catch (ActivityFailure failure) {
      if (isCancel(failure)) {
        throw failure;
      }
      timeline.failed("notice", null, rootMessage(failure));
    }
  }

  private List<String> mentions(List<String> names) {
    return pipeline.people().stream()
        .filter(person -> names.contains(person.name()))
        .map(Person::mention)
        .distinct()
        .toList();
  }

  private String marker(String step) {
    return Workflow.getInfo().getWorkflowId()
        + " "
        + Workflow.getInfo().getFirstExecutionRunId()
        + " "
        + step;
  }

  private PromotionText text() {
    return new PromotionText(Workflow.getInfo().getWorkflowId(), pipeline, release);
  }

  private String body(String state) {
    return text().body(gates, timeline.steps(), state);
  }

  private String report(Ending ending) {
    return release == null
        ? ending.detail()
        : text()
            .report(
                ending,
                timeline.steps(),
                ending.deploy() == null ? List.of() : ending.deploy().evidence(),
                mergeCommit);
  }

  private String repository() {
    return pipeline.project().github();
  }

  private GitHubActivities github(String summary) {
    return Workflow.newActivityStub(
        GitHubActivities.class, ActivityProfiles.quick(queues.github(), summary));
  }

  private GitHubActivities optional(String summary) {
    return Workflow.newActivityStub(
        GitHubActivities.class, ActivityProfiles.optional(queues.github(), summary));
  }

  private RailwayActivities railway(String summary) {
    return Workflow.newActivityStub(
        RailwayActivities.class, ActivityProfiles.quick(queues.railway(), summary));
  }

  // ---- messages

  @Override
  public void approve(ApprovalMessage message) {
    asks.take(Answer.of(Asks.APPROVE, message));
  }

  @Override
  public void reject(ApprovalMessage message) {
    asks.take(Answer.of(Asks.REJECT, message));
  }

  @Override
  public void resolve(AnswerMessage message) {
    takeAndForward(Answer.of(message));
  }

  @Override
  public DecisionReply decide(DecideMessage message) {
    return takeAndForward(answer(message));
  }

  @Override
  public void validateDecide(DecideMessage message) {
    asks.refusal(answer(message))
        .ifPresent(
            no -> {
              throw new IllegalArgumentException(no);
            });
  }

  private static Answer answer(DecideMessage message) {
    return Answer.of(
        message, Workflow.getCurrentUpdateInfo().map(info -> info.getUpdateId()).orElse(null));
  }

  private DecisionReply takeAndForward(Answer answer) {
    Ask ask = asks.find(answer);
    DecisionReply reply = asks.take(answer);
    if (reply.counted() && ask != null && mirrored.containsKey(ask.id())) {
      Workflow.newExternalWorkflowStub(
              MigrateAndDeployWorkflow.class,
              WorkflowExecution.newBuilder()
                  .setWorkflowId(
                      MigrateAndDeployWorkflow.id(request.project(), request.environment()))
                  .build())
          .resolve(answer.forwarded(ask.id()));
    }
    return reply;
  }

  @Override
  public void leaseGranted(LeaseGrant grant) {
    lease.granted(grant);
  }

  @Override
  public void asked(Ask question) {
    mirrored.put(question.id(), question);
    asks.open(question);
    Workflow.newDetachedCancellationScope(
            () ->
                tell(Event.QUESTION, question.id(), questionText(question), mentionsOfApprovers()))
        .run();
  }

  private List<String> mentionsOfApprovers() {
    return pipeline.environment().approvals() == null ? List.of() : mentions(approvalAskPeople());
  }

  private static String questionText(Ask question) {
    return "**Question** "
        + question.text()
        + "\n\n"
        + question.read()
        + "\n\nPossible answers: "
        + String.join(", ", question.answers());
  }

  @Override
  public void answered(String questionId) {
    mirrored.remove(questionId);
    asks.close(questionId);
  }

  @Override
  public void superseded(String byPromotion) {
    if (!lease.held()) {
      supersededBy = byPromotion;
    }
  }

  private Ending superseded() {
    return Ending.of(Result.SUPERSEDED, "superseded by " + supersededBy);
  }

  @Override
  public PromotionStatus status() {
    String state =
        result != null ? result.result().word() : mirrored.isEmpty() ? stage : "question";
    return new PromotionStatus(
        Workflow.getInfo().getWorkflowId(),
        state,
        request.revision(),
        release == null ? null : release.digest(),
        release == null ? null : release.alias(),
        result == null ? unmet() : List.of(),
        asks.open(),
        timeline.steps(),
        asks.decisions(),
        gates,
        card,
        pull == null ? null : pull.url(),
        result);
  }

  private List<Unmet> unmet() {
    List<Unmet> unmet = new ArrayList<>();
    gates.stream()
        .filter(gate -> gate.state() != State.MET)
        .forEach(
            gate ->
                unmet.add(
                    new Unmet(gate.name() + ": " + gate.evidence(), gate.owner(), gate.until())));
    asks.open().forEach(ask -> unmet.add(DeployStatus.unmet(ask)));
    if (stage.equals("lease")) {
      unmet.add(new Unmet("lease: another run holds the environment", "the ledger", null));
    }
    return unmet;
  }

  private static boolean isCancel(TemporalFailure failure) {
    return failure instanceof CanceledFailure || failure.getCause() instanceof CanceledFailure;
  }

  private static String rootMessage(TemporalFailure failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof TemporalFailure temporal
        ? String.valueOf(temporal.getOriginalMessage())
        : String.valueOf(cause.getMessage());
  }

  private static String clip(String text) {
    return text.length() <= 140 ? text : text.substring(0, 139) + "…";
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
