package dev.signalbox.activities.monitor;

import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.http.Reach;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.monitor.Change;
import dev.signalbox.workflows.monitor.Check.Kind;
import dev.signalbox.workflows.monitor.HealthMonitorWorkflow;
import dev.signalbox.workflows.monitor.MonitorActivities;
import dev.signalbox.workflows.monitor.Standing;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowTargetOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks at what is monitored. Reads only, so every retry is harmless. */
public final class MonitorActivitiesImpl implements MonitorActivities {
  private static final Duration BEAT = Duration.ofSeconds(1);

  /** A heartbeat is kept small; what is not in it begins again as the order says. */
  private static final int MOST_KEPT = 500;

  private static final Instant NEVER = Instant.MAX;

  private final Set<String> projects;
  private final Reach reach;
  private final Function<DatabaseReference, DatabaseAddress> databases;
  private final Herald herald;
  private final Pace pace;
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "signalbox-monitor");
            thread.setDaemon(true);
            return thread;
          });

  /** Tells a run what changed. */
  public interface Herald {
    /**
     * @param workflow id of the run's workflow
     */
    void tell(String workflow, String run, Change change);
  }

  /**
   * What the next attempt goes on with.
   *
   * @param standings those that are not as the order says, or in doubt
   */
  record Kept(List<Standing> standings) {
    Kept {
      standings = standings == null ? List.of() : List.copyOf(standings);
    }
  }

  /**
   * @param projects that this worker serves
   * @param reach which addresses may be called, besides those that an order allows
   * @param databases reads the address of one, when it is looked at
   */
  public MonitorActivitiesImpl(
      Set<String> projects,
      Reach reach,
      Function<DatabaseReference, DatabaseAddress> databases,
      WorkflowClient engine,
      Pace pace) {
    this(
        projects,
        reach,
        databases,
        (workflow, run, change) ->
            engine
                .newWorkflowStub(
                    HealthMonitorWorkflow.class,
                    WorkflowTargetOptions.newBuilder()
                        .setWorkflowId(workflow)
                        .setRunId(run)
                        .build())
                .changed(change),
        pace);
  }

  /** One that tells whomever it is given. */
  public MonitorActivitiesImpl(
      Set<String> projects,
      Reach reach,
      Function<DatabaseReference, DatabaseAddress> databases,
      Herald herald,
      Pace pace) {
    this.projects = Set.copyOf(projects);
    this.reach = reach;
    this.databases = databases;
    this.herald = herald;
    this.pace = pace;
  }

  @Override
  public Round round(RoundOrder order) {
    Failures.requireServed(order.project(), projects);
    ActivityExecutionContext context = Activity.getExecutionContext();
    Watching watching =
        Watching.round(order.checks(), before(order, context), order.rules(), pace.now());
    watcher(order, watching).run(NEVER, beat(context, watching), changes -> {});
    return answer(watching);
  }

  @Override
  public Round watch(WatchOrder order) {
    RoundOrder round = order.round();
    Failures.requireServed(round.project(), projects);
    ActivityExecutionContext context = Activity.getExecutionContext();
    Watching watching =
        Watching.lasting(round.checks(), before(round, context), round.rules(), pace.now());
    News news = news(order, context.getInfo());
    // What an earlier attempt saw, and perhaps could not tell any more.
    news.tell(kept(context));
    Runnable beat = beat(context, watching);
    try {
      watcher(round, watching)
          .run(
              order.until(),
              () -> {
                beat.run();
                news.again();
                if (news.over()) {
                  throw new RunEndedException();
                }
              },
              news::tell);
    } catch (ActivityCanceledException | RunEndedException end) {
      // How everything stands is the answer, to whoever still wants it.
    }
    return answer(watching);
  }

  private static final class RunEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Watcher watcher(RoundOrder order, Watching watching) {
    Looker web = new Looker(reach, order.allow(), order.rules(), pace);
    DatabaseLooker stores = new DatabaseLooker(databases, pace);
    return new Watcher(
        watching,
        check -> check.kind() == Kind.DATABASE ? stores.look(check.database()) : web.look(check),
        threads,
        pace);
  }

  private News news(WatchOrder order, ActivityInfo info) {
    return new News(
        change -> herald.tell(info.getWorkflowId(), info.getWorkflowRunId(), change),
        threads,
        pace,
        order.watch(),
        info.getAttempt());
  }

  private Round answer(Watching watching) {
    return new Round(pace.now(), watching.standings(), watching.network(), watching.looks());
  }

  private static List<Standing> kept(ActivityExecutionContext context) {
    return context.getHeartbeatDetails(Kept.class).map(Kept::standings).orElse(List.of());
  }

  private static List<Standing> before(RoundOrder order, ActivityExecutionContext context) {
    Map<String, Standing> known = new LinkedHashMap<>();
    order.standings().forEach(one -> known.put(one.check(), one));
    kept(context).forEach(one -> known.put(one.check(), one));
    return new ArrayList<>(known.values());
  }

  private Runnable beat(ActivityExecutionContext context, Watching watching) {
    // What an attempt before has kept is otherwise than the order says, for good.
    Set<String> earlier =
        kept(context).stream().map(Standing::check).collect(Collectors.toUnmodifiableSet());
    Instant[] next = {Instant.MIN};
    return () -> {
      Instant now = pace.now();
      if (!now.isBefore(next[0])) {
        next[0] = now.plus(BEAT);
        context.heartbeat(
            new Kept(
                watching.entries().stream()
                    .filter(entry -> entry.worthKeeping() || earlier.contains(entry.check.name()))
                    .limit(MOST_KEPT)
                    .map(entry -> entry.standing)
                    .toList()));
      }
    };
  }
}
