package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerActivities.HolderState;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.Person;
import dev.signalbox.workflows.fixtures.Person.Question;
import dev.signalbox.workflows.fixtures.SchemaFixture;
import dev.signalbox.workflows.fixtures.VolumeStage;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.MergeOrder;
import dev.signalbox.workflows.github.MergeProof;
import dev.signalbox.workflows.health.HealthActivities;
import dev.signalbox.workflows.health.HealthActivities.ObserveOrder;
import dev.signalbox.workflows.health.HealthActivities.Observed;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.health.SmokeActivities;
import dev.signalbox.workflows.health.SmokeActivities.SmokeEnd;
import dev.signalbox.workflows.health.SmokeActivities.SmokeOrder;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.hint.HintedWorkflow;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd;
import dev.signalbox.workflows.migration.MigrationOrder;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.Step;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** One deploy whose promotion was terminated, on an engine whose clock skips. */
public final class DeployHouse implements AutoCloseable {
  static final String REVISION = "b".repeat(40);

  private final TestWorkflowEnvironment engine = Engine.fresh();
  private final RailwayStage railway = new RailwayStage(engine);
  private final Pipeline pipeline;
  private final WorkflowStub run;
  private final Person person;
  private final long began;
  private final Deque<SmokeEnd> smokes = new ArrayDeque<>();
  private final List<List<String>> smoked = new CopyOnWriteArrayList<>();
  private Runnable duringTheSoak = () -> {};
  private boolean sick;
  private MergeOrder left;
  private List<String> skipped = List.of();
  private String alone;
  private String pushed;
  private boolean onRecord = true;
  private ObserveOrder observed;
  private final DatabaseStage database = new DatabaseStage();
  private final VolumeStage volume = new VolumeStage();
  private boolean migrates;
  private MigrationOrder planned;

  public DeployHouse(Pipeline pipeline) {
    this.pipeline = pipeline;
    TaskQueues queues = new TaskQueues("inspector");
    Worker workflows = engine.newWorker(queues.workflows());
    workflows.registerWorkflowImplementationTypes(MigrateAndDeployWorkflowImpl.class);
    workflows.registerActivitiesImplementations(
        Engine.knowing(
            LedgerActivities.class,
            Map.of("inspect", any -> new HolderState(false, false, null, false))));
    engine
        .newWorker(queues.github())
        .registerActivitiesImplementations(
            Engine.knowing(
                GitHubActivities.class,
                Map.of(
                    "merge",
                    any ->
                        new MergeProof(
                            "d".repeat(40), List.of("base", REVISION), "tree", "tree", null))));
    engine
        .newWorker(queues.railway())
        .registerActivitiesImplementations(railway.activities(), volume.activities());
    engine
        .newWorker(queues.migration())
        .registerActivitiesImplementations(database.migrations(), database.backups());
    engine
        .newWorker(queues.health())
        .registerActivitiesImplementations(
            Engine.knowing(
                HealthActivities.class,
                Map.of(
                    "observe", order -> observed((ObserveOrder) order),
                    "verify", any -> healthy(),
                    "soak", any -> healthy())),
            Engine.knowing(SmokeActivities.class, "run", SmokeOrder.class, this::smoke));
    engine.start();
    began = engine.currentTimeMillis();
    run =
        engine
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "MigrateAndDeployWorkflow",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(queues.workflows())
                    .setWorkflowId("deploy/inspector/production")
                    .build());
    person = new Person(engine, run);
  }

  public RailwayStage railway() {
    return railway;
  }

  /** The database, at which the commit has something to migrate. */
  public DatabaseStage database() {
    return database;
  }

  /** The volume that the database lies on. */
  VolumeStage volume() {
    return volume;
  }

  /** These revisions run before the code, as they were planned now. */
  public DeployHouse migrating(SchemaFixture schema) {
    database.with(schema);
    migrates = true;
    return this;
  }

  private MigrationOrder order() {
    return migrates
        ? MigrationOrder.beforeTheCode(
                SchemaChange.of(database.plan(), pipeline.migrations(), false).orElseThrow())
            .orElse(null)
        : null;
  }

  /** What had been planned before this happened. */
  public DeployHouse afterThePlan(Runnable happened) {
    planned = order();
    happened.run();
    return this;
  }

  /**
   * The worker of an activity dies under it.
   *
   * @param heartbeat its last one; null = there was none
   */
  public UpgradeEnd workerDies(String heartbeat) {
    if (heartbeat != null) {
      Activity.getExecutionContext().heartbeat(heartbeat);
    }
    // The clock does not skip while an attempt is under way, unless somebody sleeps.
    new Thread(() -> engine.sleep(Duration.ofSeconds(30)), "attempt").start();
    Activity.getExecutionContext().doNotCompleteOnReturn();
    return null;
  }

  /** Happens when so much time has passed, or later, as soon as that is so. */
  void once(Duration time, BooleanSupplier so, Runnable what) {
    Engine.once(engine, time, so, what);
  }

  /** As its promotion says it, at once. */
  public void timeIsUp(String sentence) {
    run.signal("timeIsUp", sentence);
  }

  /** The release answers badly; what is put back answers well. */
  public DeployHouse withASickRelease() {
    sick = true;
    return this;
  }

  /** Somebody has mended what the release needs. */
  public void recovers() {
    sick = false;
  }

  /** The release leaves these services as they are. */
  DeployHouse leaving(String... services) {
    skipped = List.of(services);
    return this;
  }

  /** The backend is deployed alone. */
  DeployHouse deployingTheBackendAlone() {
    alone = "backend";
    return leaving("frontend");
  }

  /** What was asked of the release. */
  ObserveOrder observedLast() {
    return observed;
  }

  /** The merge is left to it: Railway deploys what is pushed. */
  DeployHouse merging() {
    left = new MergeOrder("inspector", "example/app", 1, REVISION, REVISION, "base", "A", null);
    return this;
  }

  /** It was merged by an earlier run: Railway deploys this commit, or has done so. */
  DeployHouse afterAPushOf(String commit) {
    pushed = commit;
    return this;
  }

  /** The ledger has no record of what ran before. */
  DeployHouse withoutARecord() {
    onRecord = false;
    return this;
  }

  /** How the smoke test ends, each time that it is run. */
  DeployHouse smoking(SmokeEnd... ends) {
    smokes.addAll(List.of(ends));
    return this;
  }

  private SmokeEnd smoke(SmokeOrder order) {
    smoked.add(order.command());
    return smokes.remove();
  }

  /** The commands that were run. */
  List<List<String>> smoked() {
    return List.copyOf(smoked);
  }

  void beforeTheSoakEnds(Runnable what) {
    duringTheSoak = what;
  }

  /** As Temporal's UI sends it from an empty form. */
  void emptySignal(String signal) {
    run.signal(signal);
  }

  /** As its promotion says it. */
  public void timeIsUpAfter(Duration time, String sentence) {
    engine.registerDelayedCallback(time, () -> run.signal("timeIsUp", sentence));
  }

  void hinted(Hint hint) {
    run.signal(HintedWorkflow.HINT, hint);
  }

  public DeployResult result() {
    run.start(
        new DeployRequest(
                "promotion/that/is/gone",
                "run",
                REVISION,
                null,
                "digest",
                "bob",
                onRecord ? live() : null,
                false,
                pipeline,
                railway.state(),
                1,
                left,
                skipped,
                alone,
                pushed)
            .migrating(planned == null ? order() : planned));
    return run.getResult(DeployResult.class);
  }

  private LiveSet live() {
    return new LiveSet(RailwayStage.GOOD, null, Instant.EPOCH, pushed == null ? List.of() : good());
  }

  /** What the ledger has on record of a Railway that may run something else by now. */
  private static List<ServiceDeployment> good() {
    return Stream.of("backend", "frontend")
        .map(
            service ->
                new ServiceDeployment(
                    service, "good-" + service, RailwayStage.GOOD, true, Instant.EPOCH))
        .toList();
  }

  /** How long it took until its last step ended; the clock skips on when nothing runs any more. */
  public Duration took(DeployResult result) {
    return Duration.between(Instant.ofEpochMilli(began), ended(result));
  }

  /** How much of that was after Railway was back. */
  Duration tookOnceRailwayWasBack(DeployResult result) {
    return Duration.between(railway.backAt(), ended(result));
  }

  private static Instant ended(DeployResult result) {
    return result.steps().stream()
        .map(Step::endedAt)
        .filter(Objects::nonNull)
        .max(Instant::compareTo)
        .orElseThrow();
  }

  /** Who is asked. */
  public Person person() {
    return person;
  }

  /** The next question is answered so, no sooner than when so much time has passed. */
  public Question answerAfter(Duration time, String answer) {
    return person.answersAfter(time, answer);
  }

  /** When it began, by the engine's clock. */
  Instant began() {
    return Instant.ofEpochMilli(began);
  }

  private Observed observed(ObserveOrder order) {
    observed = order;
    Instant now = Instant.ofEpochMilli(engine.currentTimeMillis());
    duringTheSoak.run();
    return sick
        ? new Observed(
            new VerificationEnd(
                Verdict.UNHEALTHY,
                new Sample("backend", Reading.BAD, "200", "503 sick", now),
                1,
                "sick",
                List.of(),
                0),
            now,
            null)
        : new Observed(healthy(), now, healthy());
  }

  private static VerificationEnd healthy() {
    return new VerificationEnd(Verdict.HEALTHY, null, 3, "3 good answers", List.of(), 0);
  }

  @Override
  public void close() {
    engine.close();
  }
}
