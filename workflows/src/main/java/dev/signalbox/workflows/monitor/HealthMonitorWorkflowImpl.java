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
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private String platform;

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
    return state();
  }

  private Optional<RoundOrder> whatToLookAt() {
    PolicyActivities file =
        Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local());
    PolicyQuery query = new PolicyQuery(order.project(), order.environment());
    MonitorPolicy policy = file.monitor(query);
    if (policy == null) {
      note("signalbox.toml has no [monitor." + order.environment() + "] any more");
      return Optional.empty();
    }
    Pipeline pipeline = file.read(query);
    askForAddresses(pipeline);
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
  private void askForAddresses(Pipeline pipeline) {
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
      platform = state.incident();
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
    if (until.isEmpty() || !until.get().isAfter(now())) {
      return;
    }
    Duration left = Duration.between(now(), until.get());
    MonitorActivities watching =
        Workflow.newActivityStub(
            MonitorActivities.class,
            ActivityProfiles.watching(queues.health(), "watch until " + until.get(), left));
    WatchOrder watch =
        new WatchOrder(round.from(board.standings()), board.nextWatch(), until.get());
    Promise<Round> end = Async.function(() -> watching.watch(watch));
    while (!end.isCompleted()) {
      Workflow.await(() -> end.isCompleted() || news);
      tellIncident();
    }
    take(end.get());
    tellIncident();
  }

  /**
   * An outage is told as soon as it is seen, and how it goes on until its incident is over. Nothing
   * is told while our own network is away: then nobody knows anything.
   */
  private void tellIncident() {
    if (!news || order.times() == null || !board.network()) {
      return;
    }
    news = false;
    boolean outage = board.outage();
    // The first run of all asks once: an incident may have outlived another monitor.
    if (outage || incident || (former.round() == null && !asked)) {
      asked = true;
      incident =
          new IncidentLine(order.project(), order.environment())
              .tell(new News(now(), board.standings(), board.stamps(), after, platform), outage);
    }
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
  public MonitorState state() {
    return new MonitorState(
        roundAt, board.standings(), board.network(), rounds, looks, trouble, addresses, incident);
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
