package dev.signalbox.workflows.preview;

import static dev.signalbox.workflows.fixtures.PipelineFixture.PROJECT;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.github.PullActivities;
import dev.signalbox.workflows.github.PullActivities.PreviewNotice;
import dev.signalbox.workflows.github.PullActivities.PullQuery;
import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.health.HealthActivities;
import dev.signalbox.workflows.health.HealthActivities.Observed;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.hint.HintedWorkflow;
import dev.signalbox.workflows.policy.EnvironmentPolicy.Limits;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PreviewChoice;
import dev.signalbox.workflows.policy.PreviewPolicy;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.policy.PreviewUpkeep;
import dev.signalbox.workflows.preview.SurveyActivities.Found;
import dev.signalbox.workflows.preview.SurveyActivities.Seen;
import dev.signalbox.workflows.preview.SurveyActivities.Survey;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Many pull requests at once, with a GitHub and a Railway in which everything works. Nobody looks
 * by himself here: what no webhook tells and no sweep finds stays as it is.
 */
final class PreviewTown implements AutoCloseable {
  private static final Duration NEVER = Duration.ofDays(300);
  private static final Duration LITTLE = Duration.ofSeconds(20);

  private final TestWorkflowEnvironment engine = Engine.fresh();
  private final Map<Integer, PullState> pulls = new ConcurrentSkipListMap<>();
  private final TownRailway railway =
      new TownRailway(
          this::now, request -> previews().slot(request), number -> previews().freed(number));
  private final Map<String, String> comments = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final List<Instant> said = new CopyOnWriteArrayList<>();
  private volatile PreviewUpkeep upkeep = new PreviewUpkeep(NEVER, null, null, null, null, null);

  private volatile Instant limitedUntil = Instant.EPOCH;
  private volatile Instant silentUntil = Instant.EPOCH;
  private volatile PreviewChoice choice = PreviewChoice.USUAL;

  private PreviewSettings settings() {
    return new PreviewSettings(
        new PreviewPolicy("staging", List.of("staging"), "pr-{number}", null, choice, upkeep),
        aPipeline()
            .withoutFrontend()
            .within(new Limits(null, null, NEVER, null, null, Duration.ofSeconds(30), NEVER))
            .build(),
        List.of("production"));
  }

  PreviewTown() {
    TaskQueues queues = new TaskQueues(PROJECT);
    PullActivities github =
        Engine.knowing(
            PullActivities.class,
            Map.of(
                "readPull", query -> pull(((PullQuery) query).number()),
                "awaitPull", query -> awaited((PullQuery) query),
                "tellPreview", notice -> say((PreviewNotice) notice)));
    var worker = engine.newWorker(queues.workflows());
    worker.registerWorkflowImplementationTypes(
        PreviewEnvWorkflowImpl.class, PreviewReconcilerWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        Engine.knowing(PolicyActivities.class, Map.of("previews", any -> settings())),
        Engine.knowing(SurveyActivities.class, Map.of("survey", any -> survey())),
        railway.activities(),
        github);
    engine.newWorker(queues.github()).registerActivitiesImplementations(github);
    engine
        .newWorker(queues.railway())
        .registerActivitiesImplementations(railway.activities(), railway.previews());
    engine
        .newWorker(queues.health())
        .registerActivitiesImplementations(
            Engine.knowing(HealthActivities.class, Map.of("observe", any -> healthy())));
    engine.start();
  }

  // ---- GitHub

  /** The pull request stands so from now on. */
  void becomes(PullState pull) {
    pulls.put(pull.number(), pull);
  }

  PullState pull(int number) {
    requireUnlimited();
    PullState pull = pulls.get(number);
    if (pull == null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "there is no #" + number, FailureType.NOT_FOUND.wireName());
    }
    return pull;
  }

  private PullState awaited(PullQuery query) {
    PullState pull = pull(query.number());
    if (pull.equals(query.known())) {
      throw ApplicationFailure.newFailure("nothing new", FailureType.UNCHANGED.wireName());
    }
    return pull;
  }

  /** GitHub lets nobody read a pull request or write for so long. */
  void limitsGitHubFor(Duration time) {
    limitedUntil = now().plus(time);
  }

  /** GitHub answers nothing for so long. */
  void silencesGitHubFor(Duration time) {
    silentUntil = now().plus(time);
  }

  private void requireUnlimited() {
    if (now().isBefore(silentUntil)) {
      throw ApplicationFailure.newFailure("no answer", FailureType.UNAVAILABLE.wireName());
    }
    if (now().isBefore(limitedUntil)) {
      throw ApplicationFailure.newBuilder()
          .setMessage("later")
          .setType(FailureType.RATE_LIMITED.wireName())
          .setNextRetryDelay(Duration.ofSeconds(61))
          .build();
    }
  }

  private Object say(PreviewNotice notice) {
    requireUnlimited();
    said.add(now());
    comments.put(notice.preview(), notice.markdown());
    return null;
  }

  /** A webhook arrives: it begins a preview, or is a hint to one that runs. */
  void webhook(int number, String delivery, boolean begins) {
    WorkflowStub run =
        begins
            ? engine
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                    "PreviewEnvWorkflow", options(PreviewEnvWorkflow.id(PROJECT, number)))
            : run(number);
    Hint hint = new Hint("github", delivery, "pull_request", null);
    try {
      if (begins) {
        var unused =
            run.signalWithStart(
                HintedWorkflow.HINT,
                new Object[] {hint},
                new Object[] {PreviewState.fresh(PROJECT, number)});
      } else {
        run.signal(HintedWorkflow.HINT, hint);
      }
    } catch (WorkflowNotFoundException none) {
      // A webhook of a pull request that has no preview concerns nobody.
    }
  }

  TownRailway railway() {
    return railway;
  }

  /** One of ours that no run knows of: its run was lost with the engine it lived in. */
  void orphan(int number) {
    if (!seen(number).running()) {
      railway.orphan(number);
    }
  }

  private Observed healthy() {
    return new Observed(
        new VerificationEnd(Verdict.HEALTHY, null, 3, "3 good answers", List.of(), 0), now(), null);
  }

  // ---- the engine

  private Survey survey() {
    List<Found> found = railway.found();
    List<PullState> open = pulls.values().stream().filter(PullState::open).toList();
    TreeSet<Integer> numbers = new TreeSet<>();
    open.forEach(pull -> numbers.add(pull.number()));
    found.stream()
        .filter(one -> one.ours() || one.bare())
        .forEach(one -> numbers.add(one.number()));
    return new Survey(open, found, numbers.stream().map(this::seen).toList());
  }

  private Seen seen(int number) {
    try {
      PreviewStatus status = run(number).query("preview", PreviewStatus.class);
      return new Seen(
          number,
          running(number),
          status.stage(),
          status.environmentId(),
          status.head(),
          status.requester() != null,
          status.use());
    } catch (WorkflowNotFoundException none) {
      return Seen.none(number);
    }
  }

  private boolean running(int number) {
    return run(number).describe().getStatus()
        == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  /** The run of a preview is ended without another word. */
  void terminates(int number) {
    try {
      run(number).terminate("a test says so");
    } catch (WorkflowNotFoundException none) {
      // It has none.
    }
  }

  /** Somebody has it removed. */
  void destroys(int number) {
    var unused =
        engine
            .getWorkflowClient()
            .newWorkflowStub(PreviewEnvWorkflow.class, id(number))
            .request(
                new PreviewOrder(
                    "destroy-" + ids.incrementAndGet(), PreviewOrder.Kind.DESTROY, "ana", null));
  }

  SweepReport sweep() {
    return previews().sweep(new SweepOrder("sweep-" + ids.incrementAndGet(), "ana"));
  }

  private PreviewReconcilerWorkflow previews() {
    PreviewReconcilerWorkflow previews =
        engine
            .getWorkflowClient()
            .newWorkflowStub(
                PreviewReconcilerWorkflow.class, options(PreviewReconcilerWorkflow.id(PROJECT)));
    var unused = WorkflowClient.start(previews::run, PreviewsState.empty(PROJECT));
    return previews;
  }

  /** There may be so many from now on. */
  void limits(int limit, PreviewUpkeep.WhenFull whenFull) {
    upkeep = new PreviewUpkeep(NEVER, null, limit, whenFull, null, null);
  }

  /** Only those with this label have one from now on. */
  void wantsLabel(String label) {
    choice = new PreviewChoice(null, false, false, label);
  }

  /** They go by themselves from now on. */
  void endsAfter(Duration ttl, Duration maxAge) {
    upkeep = new PreviewUpkeep(NEVER, null, null, null, ttl, maxAge);
  }

  PreviewStatus status(int number) {
    return run(number).query("preview", PreviewStatus.class);
  }

  private WorkflowStub run(int number) {
    return engine.getWorkflowClient().newUntypedWorkflowStub(id(number));
  }

  private static String id(int number) {
    return PreviewEnvWorkflow.id(PROJECT, number);
  }

  private static WorkflowOptions options(String id) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(new TaskQueues(PROJECT).workflows())
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .build();
  }

  /** Lets time pass until it is so, or nothing more is to be expected. */
  void awaits(BooleanSupplier so) {
    for (int look = 0; look < 300 && !so.getAsBoolean(); look++) {
      engine.sleep(LITTLE);
    }
  }

  void passes(Duration time) {
    engine.sleep(time);
  }

  private Instant now() {
    return Instant.ofEpochMilli(engine.currentTimeMillis());
  }

  /** What is said on a pull request. */
  String comment(int number) {
    return comments.get(id(number));
  }

  /** How many comments of ours there are about the preview of this name. */
  long comments(String name) {
    return comments.keySet().stream().filter(preview -> preview.endsWith("/" + name)).count();
  }

  /** The most that was said at GitHub within one minute. */
  long mostSaidInAMinute() {
    return said.stream()
        .mapToLong(
            first ->
                said.stream()
                    .filter(one -> !one.isBefore(first))
                    .filter(one -> one.isBefore(first.plus(Duration.ofMinutes(1))))
                    .count())
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    engine.close();
  }
}
