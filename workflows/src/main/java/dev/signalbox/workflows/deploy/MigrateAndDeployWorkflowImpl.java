package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.health.Proof;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.policy.EnvironmentPolicy.RollbackMode;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.CurrentDetails;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.ShortCommit;
import dev.signalbox.workflows.rollback.Rescue;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Deploys, verifies, soaks; whatever goes wrong after the first call ends in the rescue, and nobody
 * cancels that.
 */
public final class MigrateAndDeployWorkflowImpl extends AnswerableRun
    implements MigrateAndDeployWorkflow {
  private final DeployRequest request;
  private final Pipeline pipeline;
  private final List<ServiceDeployment> lastGood;
  private final List<ServiceDeployment> foreign;
  private final List<String> unknownBefore;
  private final FailureReads failures;
  private final Untouched untouched;
  private final ReleaseRollout rollout;
  private final ReleaseMigration schema;
  private Merge.End merge;
  private String stage = "deploying";
  private CancellationScope run;
  private CancellationScope untilTrouble;
  private String timeIsUp;
  private List<Proof.Service> proofs = List.of();

  @WorkflowInit
  public MigrateAndDeployWorkflowImpl(DeployRequest request) {
    super(
        request.pipeline().project().name(),
        request.pipeline().environment().name(),
        request.promotionId(),
        request.promotionRunId());
    this.request = request;
    this.pipeline = request.pipeline();
    this.lastGood = LastGoodSet.of(request);
    this.foreign = LastGoodSet.foreign(request);
    this.unknownBefore = LastGoodSet.unknown(request);
    this.untouched = new Untouched(request);
    this.failures = new FailureReads(pipeline.project().name(), pipeline.home().token());
    this.rollout = new ReleaseRollout(request, timeline, questions, failures, untouched);
    this.schema = new ReleaseMigration(request, timeline, questions, failures);
    asks.judgeBy(pipeline, request.requester());
  }

  @Override
  public DeployResult run(DeployRequest same) {
    CurrentDetails.follow(this);
    Optional<Trouble> trouble = untilTrouble();
    Workflow.newDetachedCancellationScope(
            () -> {
              schema.after(rollout);
              result = trouble.map(this::takeBack).orElseGet(this::live);
            })
        .run();
    boolean cancelled = CancellationScope.current().isCancelRequested();
    Workflow.newDetachedCancellationScope(
            () -> {
              new EndReport(request).send(result, cancelled);
              settle();
            })
        .run();
    return result;
  }

  private Optional<Trouble> untilTrouble() {
    run = CancellationScope.current();
    List<Optional<Trouble>> end = new ArrayList<>();
    untilTrouble = Workflow.newCancellationScope(() -> end.add(deployAndObserve()));
    if (timeIsUp != null) {
      untilTrouble.cancel(timeIsUp);
    }
    untilTrouble.run();
    return end.get(0);
  }

  private Optional<Trouble> deployAndObserve() {
    try {
      // Before the first service is touched, and before a push that Railway deploys by itself.
      return migrate().or(this::merge).or(this::deployAll).or(this::observe);
    } catch (TemporalFailure failure) {
      return Optional.of(
          Causes.isCancel(failure)
              ? calledOff()
              : Trouble.of(
                  Result.FAILED, "stopped by an error: " + failure.getOriginalMessage(), false));
    }
  }

  /** What the former code can bear, and by policy all of it, is done to the schema first. */
  private Optional<Trouble> migrate() {
    stage = request.migration() == null ? stage : "migrating";
    Optional<Trouble> trouble = schema.before(this::calledOff);
    stage = trouble.isPresent() ? stage : "deploying";
    return trouble;
  }

  /** Where Railway deploys what is pushed, the merge is what triggers it. */
  private Optional<Trouble> merge() {
    if (request.merge() == null) {
      return Optional.empty();
    }
    if (CancellationScope.current().isCancelRequested()) {
      return Optional.of(calledOff());
    }
    merge =
        new Merge(request.merge(), pipeline.environment().limits().settle(), timeline, questions)
            .carryOut();
    rollout.pushed(merge.pushed());
    if (merge.good()) {
      return Optional.empty();
    }
    if (merge.pushed() != null) {
      // More than the approved commit is on the branch, and Railway deploys it: seen to its end, so
      // that the rescue has what to take back.
      deployAll();
    }
    return Optional.of(
        Trouble.of(
            Result.FAILED,
            merge.pushed() == null
                ? merge.refusal()
                : "the base moved: Railway deploys "
                    + ShortCommit.of(merge.pushed())
                    + ", which is more than the approved commit",
            false));
  }

  /** What stands for the revision on the target branch; null = nothing does. */
  private String mergeCommit() {
    String pushed = rollout.pushed();
    if (pushed == null) {
      return request.mergeCommit();
    }
    return pushed.equals(request.revision()) ? null : pushed;
  }

  private Optional<Trouble> deployAll() {
    rollout.carryOut();
    List<Optional<Trouble>> ofTheSchema = new ArrayList<>();
    Workflow.newDetachedCancellationScope(() -> ofTheSchema.add(schema.after(rollout))).run();
    if (CancellationScope.current().isCancelRequested()) {
      return Optional.of(calledOff());
    }
    return ofTheSchema.get(0).or(rollout::trouble);
  }

  private Trouble calledOff() {
    return timeIsUp == null || run.isCancelRequested()
        ? Trouble.cancelled()
        : Trouble.of(Result.TIMED_OUT, "the promotion is " + timeIsUp, false);
  }

  private Optional<Trouble> observe() {
    stage = "verifying";
    Observation observation =
        Observation.of(pipeline, request.before(), rollout.set(), mergeCommit()).withPages();
    Optional<Trouble> trouble =
        new ReleaseWatch(
                timeline,
                questions,
                observation,
                new SmokeStep(pipeline, request.before(), request.revision()),
                new PlatformWord(pipeline, observation.unversioned(), timeline, questions),
                pipeline.environment().soak())
            .watch();
    proofs = trouble.isEmpty() ? observation.proofs() : List.of();
    return trouble;
  }

  private DeployResult takeBack(Trouble trouble) {
    stage = "rescue";
    timeline.failOpen(trouble.detail());
    if (nothingTouched()) {
      String unborne = forwardOnly().map(only -> "; " + only.why()).orElse("");
      return end(
          trouble.result(), trouble.detail() + "; nothing was replaced" + unborne, null, trouble);
    }
    if (lastGood.isEmpty()) {
      return end(
          trouble.result(),
          trouble.detail()
              + (unknownBefore.isEmpty()
                  ? "; first release: there is no set to go back to"
                  : "; there is no record of what served before the push, so nothing to go back"
                      + " to"),
          null,
          trouble);
    }
    if (forwardOnly().isPresent() && pipeline.environment().rollback() != RollbackMode.NEVER) {
      return goOnly(trouble, forwardOnly().get());
    }
    if (!GoingBack.allowed(
        pipeline.environment().rollback(),
        questions,
        "Go back to the last good set?",
        trouble,
        this::lastGoodInWords)) {
      return end(trouble.result(), trouble.detail() + "; left as it is", wholeSet(), trouble);
    }
    Rescue.End rescue = new Rescue(pipeline, timeline, questions).putBack(lastGood, unknownBefore);
    return end(
        GoingBack.result(trouble, rescue),
        GoingBack.detail(trouble, rescue) + foreignInWords(),
        rescue.restored() && foreign.isEmpty() ? restored(rescue.set()) : null,
        trouble);
  }

  private Optional<ForwardOnly> forwardOnly() {
    return ForwardOnly.of(pipeline, request.migration(), schema.record(), questions);
  }

  /** Nothing leads back; a person may have mended what it needs meanwhile. */
  private DeployResult goOnly(Trouble first, ForwardOnly forward) {
    Trouble trouble = first;
    while (forward.watchAgain(trouble, wholeSet() != null)) {
      Optional<Trouble> again = observe();
      if (again.isEmpty()) {
        return live();
      }
      trouble = again.get();
      timeline.failOpen(trouble.detail());
    }
    return end(
        trouble.result(),
        trouble.detail() + "; left as it is: " + forward.why(),
        wholeSet(),
        trouble);
  }

  private boolean nothingTouched() {
    if (merge != null && merge.unknown()) {
      return false; // Railway may deploy what may have been merged.
    }
    return rollout.nothingTouched(schema.neverLive());
  }

  private String foreignInWords() {
    return foreign.isEmpty()
        ? ""
        : "; what ran before was no set that was verified: "
            + foreign.stream()
                .map(one -> one.service() + " " + ShortCommit.of(one.revision()))
                .collect(Collectors.joining(", "))
            + ", deployed by somebody else";
  }

  /** What a later rollback may go back to; what nobody verified is none. */
  private LiveSet former() {
    if (lastGood.isEmpty() || !unknownBefore.isEmpty()) {
      return null;
    }
    return foreign.isEmpty() ? restored(lastGood) : request.live();
  }

  private String lastGoodInWords() {
    return "last good set: "
        + GoingBack.ids(lastGood)
        + new FormerVariables(pipeline, request.before(), Duration.ofSeconds(3)).ofSet(lastGood);
  }

  private DeployResult live() {
    stage = "live";
    return end(Result.LIVE, untouched.live(), runningSet(), null);
  }

  private DeployResult end(Result how, String detail, LiveSet live, Trouble trouble) {
    return new DeployResult(
        request.promotionRunId(),
        request.revision(),
        how,
        detail,
        former(),
        live,
        live == null && !nothingTouched(),
        trouble != null && trouble.commitIsBad(),
        trouble == null ? List.of() : trouble.evidence(),
        failures.all(),
        timeline.steps(),
        Observation.addresses(pipeline, request.before()),
        new Proof(proofs, timeline.watched()),
        rollout.pushed(),
        schema.record());
  }

  /** Recorded as live only when every service runs it; null = what runs is mixed. */
  private LiveSet wholeSet() {
    boolean whole = rollout.set().size() == pipeline.services().size() && !rollout.failed();
    return whole ? runningSet() : null;
  }

  private LiveSet runningSet() {
    LiveSet set =
        new LiveSet(request.revision(), mergeCommit(), now(), rollout.set(), untouched.apart());
    return request.migration() == null ? set : set.at(schema.record());
  }

  private LiveSet restored(List<ServiceDeployment> set) {
    LiveSet before = request.live();
    Instant since =
        before != null && before.since() != null
            ? before.since()
            : LastGoodSet.since(set).orElse(now());
    return before == null
        ? new LiveSet(lastGood.get(0).revision(), null, since, set)
        : before.on(set, since);
  }

  @Override
  public void timeIsUp(String sentence) {
    timeIsUp = timeIsUp == null ? sentence : timeIsUp;
    if (untilTrouble != null) {
      untilTrouble.cancel(timeIsUp);
    }
  }

  @Override
  public void hint(Hint hint) {
    rollout.hint(hint);
  }

  @Override
  public PromotionStatus status() {
    return status(request.revision(), request.digest(), stage);
  }
}
