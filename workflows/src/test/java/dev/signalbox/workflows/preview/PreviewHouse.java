package dev.signalbox.workflows.preview;

import static dev.signalbox.workflows.fixtures.PipelineFixture.PROJECT;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.deploy.RailwayStage;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.PolicyOfMigrations;
import dev.signalbox.workflows.fixtures.SchemaFixture;
import dev.signalbox.workflows.github.PullActivities;
import dev.signalbox.workflows.github.PullActivities.PreviewNotice;
import dev.signalbox.workflows.github.PullActivities.PullQuery;
import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.health.HealthActivities;
import dev.signalbox.workflows.health.HealthActivities.Observed;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PreviewDatabasePolicy;
import dev.signalbox.workflows.policy.PreviewPolicy;
import dev.signalbox.workflows.policy.PreviewProvider;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.railway.PreviewActivities;
import dev.signalbox.workflows.railway.PreviewActivities.EnsureOrder;
import dev.signalbox.workflows.railway.PreviewActivities.Ensured;
import dev.signalbox.workflows.railway.PreviewActivities.Removed;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** The preview of pull request 7, with a Railway and a GitHub in which everything works at once. */
final class PreviewHouse implements AutoCloseable {
  static final String FIRST = "b".repeat(40);
  static final String SECOND = "c".repeat(40);
  static final String ID = "preview/inspector/pr-7";

  private final TestWorkflowEnvironment engine = Engine.fresh();
  private final RailwayStage railway = new RailwayStage(engine);
  private final OwnDatabaseStage database = new OwnDatabaseStage();
  private final BaseLedgerStage ledger = new BaseLedgerStage();
  private final List<String> environments = new CopyOnWriteArrayList<>();
  private final List<String> known = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean unmarked;
  private volatile String renamed;
  private volatile String full;
  private volatile Runnable whileRemoved;
  private final List<PreviewNotice> said = new CopyOnWriteArrayList<>();
  private final Deque<String> refusals = new ArrayDeque<>();
  private volatile PullState pull = pull(true, FIRST, "staging", "acme/inspector");
  private final Map<Integer, Runnable> saidThen = new ConcurrentHashMap<>();
  private int orders;
  private volatile boolean conflict;
  private volatile String obstacle;
  private volatile String sick;
  private volatile PreviewSettings settings =
      new PreviewSettings(
          new PreviewPolicy("staging", List.of("staging"), "pr-{number}", null, null, null),
          aPipeline().build(),
          List.of("production"));

  PreviewHouse() {
    TaskQueues queues = new TaskQueues(PROJECT);
    PullActivities github =
        Engine.knowing(
            PullActivities.class,
            Map.of(
                "readPull", any -> pull,
                "awaitPull", query -> awaited((PullQuery) query),
                "tellPreview", notice -> say((PreviewNotice) notice)));
    var worker = engine.newWorker(queues.workflows());
    worker.registerWorkflowImplementationTypes(
        PreviewEnvWorkflowImpl.class, PreviewListWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        Engine.knowing(PolicyActivities.class, Map.of("previews", any -> settings)),
        ledger.activities(),
        ledger.proofs(),
        github,
        railway.activities(),
        database.activities());
    engine
        .newWorker(queues.migration())
        .registerActivitiesImplementations(database.migrations(), database.activities());
    engine.newWorker(queues.github()).registerActivitiesImplementations(github);
    engine
        .newWorker(queues.railway())
        .registerActivitiesImplementations(
            railway.activities(),
            Engine.knowing(
                PreviewActivities.class,
                Map.of(
                    "ensureEnvironment",
                    order -> ensured((EnsureOrder) order),
                    "removeEnvironment",
                    any -> gone())));
    engine
        .newWorker(queues.health())
        .registerActivitiesImplementations(
            Engine.knowing(HealthActivities.class, Map.of("observe", any -> observed())));
    engine.start();
  }

  static PullState pull(boolean open, String head, String base, String repository) {
    return new PullState(7, open, false, false, head, "feature", base, repository, "ben");
  }

  /** Each preview has a database of its own, and the commit these revisions. */
  DatabaseStage withDatabase(SchemaFixture schema) {
    settings =
        new PreviewSettings(
            settings.previews(),
            aPipeline().migrating(PolicyOfMigrations.byDefault()).build(),
            List.of("production"),
            new PreviewDatabasePolicy(null, List.of("python", "seed.py")));
    return database.with(schema);
  }

  /** The file has no {@code [migrations]} any more. */
  void migratesNoMore() {
    settings = new PreviewSettings(settings.previews(), aPipeline().build(), settings.others());
  }

  OwnDatabaseStage database() {
    return database;
  }

  RailwayStage railway() {
    return railway;
  }

  // ---- what happens outside

  void push(String head) {
    pull = pull(true, head, "staging", "acme/inspector");
  }

  void closePull() {
    pull = pull(false, pull.head(), "staging", "acme/inspector");
  }

  void becomes(PullState state) {
    pull = state;
  }

  void hint(String delivery) {
    preview().hint(new Hint("github", delivery, "pull_request", null));
  }

  /** There is no room for it; null = there is. */
  void full(String sentence) {
    full = sentence;
  }

  /** What happens while it is being removed. */
  void whileRemoved(Runnable what) {
    whileRemoved = what;
  }

  /** Whether Railway makes its own too; where ours is there already it has made one. */
  void conflict(boolean there) {
    conflict = there;
  }

  /** What happens, on a thread of its own, once so many things were said. */
  void whenSaid(int number, Runnable what) {
    saidThen.put(number, what);
  }

  /** Railway makes and removes them. */
  void railwayMakesThem() {
    settings =
        new PreviewSettings(
            new PreviewPolicy(
                "staging",
                List.of("staging"),
                "pr-{number}",
                null,
                null,
                null,
                PreviewProvider.RAILWAY),
            settings.base(),
            settings.others());
  }

  /** The base leads to production from now on; null = no more. */
  void obstacle(String sentence) {
    obstacle = sentence;
  }

  /** Services answer badly at this commit. */
  void sickAt(String revision) {
    sick = revision;
  }

  /** Railway does not remove it the next time, and says this. */
  void refusesToRemove(String sentence) {
    refusals.add(sentence);
  }

  void hasNoPreviews() {
    settings = new PreviewSettings(null, null, null);
  }

  void after(Duration time, Runnable what) {
    engine.registerDelayedCallback(time, what);
  }

  // ---- what it does

  private Object say(PreviewNotice notice) {
    // Said again because a busy machine lost the answer, it is the same word.
    if (!said.isEmpty() && said.get(said.size() - 1).equals(notice)) {
      return null;
    }
    said.add(notice);
    Runnable then = saidThen.get(said.size());
    if (then != null) {
      new Thread(then, "said").start();
    }
    return null;
  }

  private PullState awaited(PullQuery query) {
    if (pull.equals(query.known())) {
      throw ApplicationFailure.newFailure("nothing new", FailureType.UNCHANGED.wireName());
    }
    return pull;
  }

  /** A person gives the environment this name at Railway. */
  void renames(String name) {
    renamed = name;
  }

  /** How Railway's environment of its order was known, each time; null = not at all. */
  List<String> known() {
    return Collections.unmodifiableList(new ArrayList<>(known));
  }

  private Ensured ensured(EnsureOrder order) {
    known.add(order.environmentId());
    Ensured ensured = ensured();
    return renamed == null ? ensured : ensured.called(renamed);
  }

  private Ensured ensured() {
    if (conflict) {
      Ensured waiting = Ensured.waiting("Railway makes its own");
      return environments.isEmpty() ? waiting : waiting.called("inspector-pr-7");
    }
    if (settings.previews().railways()) {
      environments.add("ensure");
      return new Ensured(railway.state(), null, null).called("inspector-pr-7");
    }
    if (full != null) {
      return Ensured.full(full);
    }
    if (obstacle != null) {
      return Ensured.refused(List.of(obstacle));
    }
    environments.add("ensure");
    return new Ensured(railway.state(), null, List.of("backend.SEALED"));
  }

  /** A person takes our mark from the environment. */
  void losesItsMark() {
    unmarked = true;
  }

  private Removed gone() {
    if (!refusals.isEmpty()) {
      throw ApplicationFailure.newNonRetryableFailure(
          refusals.remove(), FailureType.REJECTED.wireName());
    }
    if (whileRemoved != null) {
      Runnable once = whileRemoved;
      whileRemoved = null;
      once.run();
    }
    environments.add("remove");
    return unmarked
        ? new Removed(false, "environment pr-7 does not carry the mark of this preview")
        : new Removed(environments.contains("ensure"), null);
  }

  private Observed observed() {
    Instant now = Instant.ofEpochMilli(engine.currentTimeMillis());
    boolean bad =
        railway.deeds().stream()
            .reduce((a, b) -> b)
            .orElse("")
            .endsWith(String.valueOf(sick).substring(0, 1));
    return new Observed(
        bad
            ? new VerificationEnd(
                Verdict.UNHEALTHY,
                new Sample("backend", Reading.BAD, "200", "503 sick", now),
                1,
                "sick",
                List.of(),
                0)
            : new VerificationEnd(Verdict.HEALTHY, null, 3, "3 good answers", List.of(), 0),
        now,
        null);
  }

  List<String> environments() {
    return List.copyOf(environments);
  }

  List<PreviewNotice> said() {
    return List.copyOf(said);
  }

  /** State and commit of each thing that was said. */
  List<String> words() {
    return said.stream()
        .map(one -> one.state() + " " + (one.sha() == null ? "-" : one.sha().substring(0, 1)))
        .toList();
  }

  /** How many events it has cost, without those of workflow tasks: a busy machine needs more. */
  long events() {
    return engine.getWorkflowClient().fetchHistory(ID).getEvents().stream()
        .filter(event -> !event.getEventType().name().contains("WORKFLOW_TASK"))
        .count();
  }

  /** What goes on beside something else. */
  static void await(BooleanSupplier so) {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!so.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
    }
  }

  // ---- running it

  void begin() {
    begin(PreviewState.fresh(PROJECT, 7));
  }

  /** Begun because a person wants it. */
  void asked() {
    begin(PreviewState.fresh(PROJECT, 7).askedBy("ana"));
  }

  /** As it stands. */
  void begin(PreviewState state) {
    WorkflowClient.start(
        engine
                .getWorkflowClient()
                .newWorkflowStub(
                    PreviewEnvWorkflow.class,
                    WorkflowOptions.newBuilder()
                        .setWorkflowId(ID)
                        .setTaskQueue(new TaskQueues(PROJECT).workflows())
                        .build())
            ::run,
        state);
  }

  PreviewEnvWorkflow preview() {
    return engine.getWorkflowClient().newWorkflowStub(PreviewEnvWorkflow.class, ID);
  }

  /** What somebody says at a terminal, or at GitHub at this time. */
  RequestAnswer creates(String person, String commit, Instant said) {
    return preview()
        .request(
            new PreviewOrder(
                "order-" + ++orders,
                PreviewOrder.Kind.CREATE,
                person,
                null,
                commit,
                said == null ? "cli" : "github",
                said,
                said == null ? null : BaseLedgerStage.PROOF));
  }

  /** What was told to the ledger of the base. */
  List<String> recorded() {
    return ledger.recorded();
  }

  Instant now() {
    return Instant.ofEpochMilli(engine.currentTimeMillis());
  }

  void order(PreviewOrder.Kind kind) {
    var unused = preview().request(new PreviewOrder("order-" + kind, kind, "ana", null));
  }

  void cancel() {
    WorkflowStub.fromTyped(preview()).cancel();
  }

  /** As it is said at a door. */
  void cancel(String person, String reason) {
    preview().resolve(new AnswerMessage("cancel", "cancel", person, reason, "cli", null, null));
    cancel();
  }

  /** Until it ends. */
  PreviewStatus end() {
    try {
      var unused = Engine.result(engine, ID, Void.class);
    } catch (WorkflowFailedException cancelled) {
      assertThat(cancelled).hasCauseInstanceOf(CanceledFailure.class);
    }
    return preview().preview();
  }

  @Override
  public void close() {
    engine.close();
  }
}
