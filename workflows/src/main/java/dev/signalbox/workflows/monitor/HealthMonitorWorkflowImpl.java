package dev.signalbox.workflows.monitor;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerLine;
import dev.signalbox.workflows.monitor.MonitorActivities.Round;
import dev.signalbox.workflows.monitor.MonitorActivities.RoundOrder;
import dev.signalbox.workflows.monitor.MonitorActivities.WatchOrder;
import dev.signalbox.workflows.policy.MonitorPolicy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Looks at everything once, and then watches until just before the next run: one long activity, so
 * that looks cost next to no history. A run that can look at nothing says why, and does not fail:
 * the next one tries again.
 */
public final class HealthMonitorWorkflowImpl implements HealthMonitorWorkflow {
  /** A run that is still there at the next time would make the engine skip it. */
  private static final Duration SPARE = Duration.ofSeconds(5);

  private static final Duration LONGEST_ROUND = Duration.ofMinutes(2);
  private static final int LONGEST_TROUBLE = 300;

  /** Between two looks at one check while a release is watched more closely. */
  private static final Duration CLOSELY = Duration.ofSeconds(5);

  /** What Railway said of itself is asked anew after this. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  private static final Duration LEDGER_ANSWERS = Duration.ofSeconds(2);
  private static final Duration PLATFORM_LOOK = Duration.ofMinutes(5);

  private final MonitorOrder order;
  private final MonitorState former;
  private final TaskQueues queues;
  private final Board board;
  private Map<String, String> addresses;
  private Instant roundAt;
  private long rounds;
  private long looks;
  private String trouble;
  private boolean incident;
  private boolean news;
  private boolean asked;
  private final Map<String, List<String>> after = new LinkedHashMap<>();
  private MonitorPolicy policy;
  private Pipeline pipeline;
  private Doings doings;
  private boolean heard;

  /** What Railway says of trouble of its own; null = of none. */
  private String platform;

  private Instant platformRead;

  /** Why an outage is not told yet; null = nothing is held back. */
  private Silence silent;

  @WorkflowInit
  public HealthMonitorWorkflowImpl(MonitorOrder order) {
    MonitorState last = Workflow.getLastCompletionResult(MonitorState.class);
    this.order = order;
    this.former = last == null ? MonitorState.none() : last;
    this.queues = new TaskQueues(order.project());
    this.board = new Board(former, Workflow.getInfo().getRunId());
    this.addresses = former.addresses();
    this.roundAt = former.round();
    this.rounds = former.rounds();
    this.looks = former.looks();
    this.incident = former.incident();
    this.doings = former.doings() == null ? Doings.NONE : former.doings();
  }

  @Override
  public MonitorState run(MonitorOrder same) {
    if (order.paused() != null) {
      return former;
    }
    if (order.times() != null) {
      MonitorRun run =
          new MonitorRun(Workflow.getInfo().getWorkflowId(), Workflow.getInfo().getRunId(), now());
      LedgerLine line = new LedgerLine(order.project(), order.environment());
      Async.procedure(() -> line.say(ledger -> ledger.monitored(run)));
      // A ledger that is away is told as soon as it is there, and keeps no round waiting.
      Workflow.await(LEDGER_ANSWERS, () -> heard);
    }
    try {
      Optional<RoundOrder> round = whatToLookAt();
      if (round.isPresent()) {
        look(round.get());
        watch(round.get());
      }
    } catch (ActivityFailure failed) {
      note(words(failed));
    }
    return order.times() == null ? state() : asItIs();
  }

  private Optional<RoundOrder> whatToLookAt() {
    PolicyActivities file =
        Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local());
    PolicyQuery query = new PolicyQuery(order.project(), order.environment());
    policy = file.monitor(query);
    if (policy == null) {
      note("signalbox.toml has no [monitor." + order.environment() + "] any more");
      return Optional.empty();
    }
    pipeline = file.read(query);
    askForAddresses();
    pipeline.services().forEach(service -> after.put(service.name(), service.after()));
    List<Check> checks = Checks.of(pipeline, policy, addresses);
    if (checks.stream().allMatch(check -> check.kind() == Check.Kind.CONTROL)) {
      note("there is nothing to look at: no service has a health path and an address");
      return Optional.empty();
    }
    return Optional.of(
        new RoundOrder(
            order.project(),
            order.environment(),
            checks,
            board.standings(),
            new Rules(
                policy.unhealthyAfter(),
                policy.healthyAfter(),
                policy.recheck(),
                policy.certificate()),
            policy.allow()));
  }

  /** Without Railway's answer those that it gave before are asked: they hardly ever change. */
  private void askForAddresses() {
    try {
      EnvironmentState state =
          Workflow.newActivityStub(
                  RailwayActivities.class,
                  ActivityProfiles.optional(queues.railway(), "addresses of the services"))
              .readEnvironment(EnvironmentQuery.of(pipeline));
      Map<String, String> known = new LinkedHashMap<>();
      pipeline
          .services()
          .forEach(
              service ->
                  state
                      .service(service.railway())
                      .filter(there -> there.url() != null)
                      .ifPresent(there -> known.put(service.name(), there.url())));
      addresses = known;
      knows(state);
    } catch (ActivityFailure away) {
      note("Railway was not read, so the addresses are those of before: " + words(away));
    }
  }

  private void look(RoundOrder round) {
    take(
        Workflow.newActivityStub(
                MonitorActivities.class,
                ActivityProfiles.watching(queues.health(), "one full round", LONGEST_ROUND))
            .round(round));
    rounds++;
    roundAt = now();
    tellIncident();
  }

  private void watch(RoundOrder round) {
    Optional<Instant> until =
        order.times() == null ? Optional.empty() : order.times().next(now()).map(this::before);
    boolean again = until.isPresent();
    while (again && now().isBefore(until.get())) {
      again = watchEvenly(round, until.get());
    }
    tellIncident();
  }

  /**
   * Watches at one pace.
   *
   * @return whether it is to be watched at another one from here on
   */
  private boolean watchEvenly(RoundOrder round, Instant latest) {
    Optional<Instant> closely = doings.closelyUntil(now());
    Instant until = closely.filter(latest::isAfter).orElse(latest);
    RoundOrder paced = closely.isPresent() ? round.closely(CLOSELY) : round;
    WatchOrder watch = new WatchOrder(paced.from(board.standings()), board.nextWatch(), until);
    MonitorActivities watching =
        Workflow.newActivityStub(
            MonitorActivities.class,
            ActivityProfiles.watching(
                queues.health(), "watch until " + until, Duration.between(now(), until)));
    CompletablePromise<Round> end = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newCancellationScope(
            () -> end.completeFrom(Async.function(() -> watching.watch(watch))));
    scope.run();
    BooleanSupplier otherPace =
        () -> closely.isEmpty() && doings.closelyUntil(now()).isPresent() && !end.isCompleted();
    while (!end.isCompleted() && !otherPace.getAsBoolean()) {
      awaitNews(() -> end.isCompleted() || otherPace.getAsBoolean());
      tellIncident();
    }
    boolean otherwise = otherPace.getAsBoolean();
    if (otherwise) {
      scope.cancel("watched more closely from now on");
    }
    try {
      take(end.get());
    } catch (ActivityFailure cancelled) {
      if (!otherwise) {
        throw cancelled;
      }
      // No worker had taken it up: what is known is what stood before.
    }
    // One that ended before its time ended for good: its run is not wanted any more.
    return otherwise || (until.isBefore(latest) && now().isAfter(before(until)));
  }

  private void awaitNews(BooleanSupplier over) {
    Supplier<Boolean> wanted = () -> over.getAsBoolean() || (news && silent == null);
    if (silent == null) {
      Workflow.await(wanted);
    } else {
      Duration rest = Duration.between(now(), silent.until());
      if (rest.isNegative() || rest.isZero() || !Workflow.await(rest, wanted)) {
        silent = null;
      }
    }
  }

  /**
   * An outage is told as soon as it is seen, and how it goes on until its incident is over. Nothing
   * is told while our own network is away: then nobody knows anything.
   */
  private void tellIncident() {
    if (!news || order.times() == null || !board.network()) {
      return;
    }
    boolean outage = board.outage();
    silent = outage && !incident ? silence().orElse(null) : null;
    if (silent != null) {
      return;
    }
    news = false;
    // The first run of all asks once: an incident may have outlived another monitor.
    if (outage || incident || (former.round() == null && !asked)) {
      asked = true;
      incident =
          new IncidentLine(order.project(), order.environment())
              .tell(new News(now(), board.standings(), board.stamps(), after, platform), outage);
    }
  }

  /** Why an outage that nobody has been told of yet stays untold for now. */
  private Optional<Silence> silence() {
    Instant now = now();
    Optional<Silence> ours = Silence.at(now, doings, policy);
    if (ours.isPresent()) {
      return ours;
    }
    if (platformRead == null || platformRead.plus(FRESH).isBefore(now)) {
      askPlatform();
    }
    return Optional.ofNullable(platform)
        .map(trouble -> new Silence(trouble, now().plus(PLATFORM_LOOK)));
  }

  private void askPlatform() {
    try {
      knows(
          Workflow.newActivityStub(
                  RailwayActivities.class,
                  ActivityProfiles.brief(queues.railway(), "has Railway an incident?"))
              .readEnvironment(EnvironmentQuery.of(pipeline)));
    } catch (ActivityFailure away) {
      // Who cannot be asked holds nothing back.
      platform = null;
    }
  }

  private void knows(EnvironmentState state) {
    platform = state.platformTrouble();
    platformRead = now();
  }

  private Instant before(Instant next) {
    return next.minus(SPARE);
  }

  private void take(Round round) {
    board.take(round, now());
    looks += round.looks();
    news = true;
  }

  @Override
  public void changed(Change change) {
    news |= board.take(change, now());
  }

  @Override
  public void doings(Doings now) {
    doings = now;
    heard = true;
    // It may be over, or there may be another reason.
    silent = null;
  }

  @Override
  public MonitorState state() {
    return platform == null || incident ? asItIs() : asItIs().amid(platform);
  }

  private MonitorState asItIs() {
    return new MonitorState(
        roundAt,
        board.standings(),
        board.network(),
        rounds,
        looks,
        trouble,
        addresses,
        incident,
        silent == null ? null : silent.why(),
        doings);
  }

  private void note(String words) {
    String cut = Excerpt.of(words, LONGEST_TROUBLE);
    trouble = trouble == null ? cut : trouble + "; " + cut;
    Workflow.getLogger(HealthMonitorWorkflowImpl.class)
        .warn("monitor environment={}: {}", order.environment(), cut);
  }

  private static String words(ActivityFailure failed) {
    return failed.getCause() instanceof ApplicationFailure told
        ? told.getOriginalMessage()
        : failed.getActivityType() + " did not answer in time";
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
