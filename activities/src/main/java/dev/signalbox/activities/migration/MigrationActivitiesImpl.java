package dev.signalbox.activities.migration;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.http.Sending;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.activities.migration.ProjectSources.Checkout;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.migration.DowngradePlan;
import dev.signalbox.workflows.migration.MigrationActivities;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.Unpromised;
import dev.signalbox.workflows.policy.MigrationPolicy;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Migrations with care: one upgrade for each order, and the truth about its database. */
public final class MigrationActivitiesImpl implements MigrationActivities {
  private static final String LOOK = "signalbox-look";

  /** Of the machine that a program runs on: Railway's are of another one. */
  private static final Set<String> OF_ANOTHER_MACHINE =
      Set.of(
          "PATH", "HOME", "PYTHONHOME", "VIRTUAL_ENV", "LD_PRELOAD", "LD_LIBRARY_PATH", "TMPDIR");

  private final MigrationTools tools;
  private final ProjectDatabases databases;
  private final ProjectSources sources;
  private final ScratchCopies copies;
  private final Set<String> projects;
  private final Pace pace;

  /**
   * @param copies where revisions are rehearsed
   * @param projects that this worker serves
   */
  public MigrationActivitiesImpl(
      PythonEnvironment environments,
      ProjectDatabases databases,
      ProjectSources sources,
      ScratchCopies copies,
      Set<String> projects,
      Pace pace) {
    this.tools = new MigrationTools(environments, pace);
    this.databases = databases;
    this.sources = sources;
    this.copies = copies;
    this.projects = Set.copyOf(projects);
    this.pace = pace;
  }

  @Override
  public MigrationPlan plan(PlanOrder order) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    AtomicReference<String> far = new AtomicReference<>("for the plan");
    Waiting waiting = new Waiting(pace, () -> context.heartbeat(WAITING + " " + far.get()));
    return read(
        order.database(),
        () ->
            waiting.answer(
                () -> {
                  ProjectDatabase database = databases.find(order.database());
                  try (Checkout checkout = sources.at(order.source())) {
                    MigrationPlan plan =
                        tools
                            .of(order.source().policy())
                            .plan(
                                checkout.source(variables(database)),
                                database.address(),
                                words -> far.set("for the plan: " + words));
                    return identified(
                        PlanSize.fitting(
                            plan.with(Unpromised.of(order.source().policy())), order.withSql()),
                        database);
                  }
                }));
  }

  @Override
  public MigrationPlan planUnasked(UnaskedOrder order) {
    Waiting waiting = waiting("for the plan");
    UnaskedPlan plan = new UnaskedPlan(tools.alembic(), databases, sources);
    return read(order.database(), () -> waiting.answer(() -> plan.of(order)));
  }

  @Override
  public DowngradePlan planDowngrade(DowngradeQuery query) {
    Waiting waiting = waiting("for the plan");
    return read(
        query.database(),
        () ->
            waiting.answer(
                () -> {
                  ProjectDatabase database = databases.find(query.database());
                  try (Checkout checkout = sources.at(query.source())) {
                    DowngradePlan plan =
                        tools
                            .of(query.source().policy())
                            .planDowngrade(
                                checkout.source(variables(database)),
                                database.address(),
                                query.to());
                    if (plan.refused() != null) {
                      return plan;
                    }
                    return RowCounts.counted(
                        new DowngradePlan(
                            plan.to(),
                            identified(PlanSize.fitting(plan.plan(), query.withSql()), database),
                            plan.losses(),
                            null),
                        database.address());
                  }
                }));
  }

  /** Where nothing is to be done nobody needs to know. */
  private static MigrationPlan identified(MigrationPlan plan, ProjectDatabase database) {
    return plan.revisions().isEmpty() ? plan : plan.of(DatabaseIdentities.of(database.address()));
  }

  @Override
  public SchemaStanding standing(StandingQuery query) {
    RunMark run = new RunMark(query.run());
    Waiting waiting = waiting("for the end of " + query.run());
    return read(
        query.database(),
        () -> {
          ProjectDatabase database = waiting.answer(() -> databases.find(query.database()));
          try (DatabaseSession session =
              waiting.answer(() -> DatabaseSession.open(database.address(), LOOK))) {
            MarkedBackends backends = new MarkedBackends(session);
            Instant until = pace.now().plus(query.patience());
            while (!backends.of(run).isEmpty() && pace.now().isBefore(until)) {
              waiting.until(next(until));
            }
            MigrationTool.Standing standing =
                waiting.answer(
                    () -> {
                      try (Checkout checkout = sources.at(query.source())) {
                        return tools
                            .of(query.source().policy())
                            .standing(checkout.source(variables(database)), database.address());
                      }
                    });
            return new SchemaStanding(
                standing.at(),
                backends.of(run),
                standing.invalidIndexes(),
                pace.now(),
                standing.pending());
          }
        });
  }

  private Instant next(Instant until) {
    Instant soon = pace.now().plusSeconds(1);
    return soon.isBefore(until) ? soon : until;
  }

  @Override
  public UpgradeEnd upgrade(UpgradeOrder order) {
    Failures.requireServed(order.database().project(), projects);
    Attempt attempt = new Attempt(Activity.getExecutionContext());
    try {
      return attempt.run(order);
    } catch (RuntimeException failed) {
      throw attempt.sent ? attempt.unknown(failed) : notSent(failed);
    }
  }

  /** One attempt at an upgrade, and whether it may have done something. */
  private final class Attempt implements CarefulUpgrade.Signs {
    private final ActivityExecutionContext context;
    private boolean sent;

    Attempt(ActivityExecutionContext context) {
      this.context = context;
    }

    UpgradeEnd run(UpgradeOrder order) {
      Waiting waiting = new Waiting(pace, () -> waiting("for the project's files"));
      MigrationPolicy policy = order.source().policy();
      MigrationTool tool = tools.of(policy);
      ProjectDatabase database = waiting.answer(() -> databases.find(order.database()));
      try (Checkout checkout = waiting.answer(() -> sources.at(order.source()))) {
        MigrationSource source = checkout.source(variables(database));
        waiting.answer(
            () -> {
              if (order.identity() != null) {
                requireSame(order, database.address());
              }
              tool.prepare(source, database.address());
              return null;
            });
        Upgraded end =
            new CarefulUpgrade(tool, pace, this)
                .run(
                    source,
                    database.address(),
                    new RunMark(order.run()),
                    order.from(),
                    order.revisions(),
                    order.downTo(),
                    policy.lockTimeout(),
                    policy.statementTimeout());
        if (end.at() == null) {
          throw new CancellationException("stopped before the database was asked where it stands");
        }
        return UpgradeEnds.of(end);
      }
    }

    /** Its variable is read in this moment, and may name another one than it did for the plan. */
    private static void requireSame(UpgradeOrder order, DatabaseAddress address) {
      DatabaseIdentities.of(address)
          .differsFrom(order.identity())
          .ifPresent(
              why -> {
                throw new CarefulUpgrade.Moved(why + "; nothing was run. Plan again");
              });
    }

    @Override
    public void waiting(String words) {
      context.heartbeat(WAITING + " " + words);
    }

    @Override
    public void sending() {
      // An earlier sign that the SDK still holds back must not come after this one and replace it.
      context.heartbeat(ActivityProfiles.SENDING);
      Sending.announce(context);
      sent = true;
    }

    @Override
    public void underWay(String words) {
      context.heartbeat(
          words.isEmpty() ? ActivityProfiles.SENDING : ActivityProfiles.SENDING + ": " + words);
    }

    ApplicationFailure unknown(RuntimeException failed) {
      return Failures.unknownOutcome(
          "the upgrade ended with: "
              + failed.getMessage()
              + "; how far it came must be read from the database");
    }
  }

  /** Whatever it is, it came before anything was sent. */
  private static RuntimeException notSent(RuntimeException failed) {
    if (failed instanceof ApplicationFailure known) {
      return known;
    }
    if (failed instanceof ApiException api) {
      return api.is(Kind.UNAVAILABLE) || api.is(Kind.UNKNOWN_OUTCOME)
          ? Failures.notSent(api.getMessage(), null)
          : Failures.ofBare(api);
    }
    if (failed instanceof CarefulUpgrade.Moved) {
      return Failures.rejected(failed.getMessage());
    }
    if (failed instanceof MigrationException migration) {
      return migration.fault() == Fault.UNREACHABLE
          ? Failures.notSent(migration.getMessage(), null)
          : Failures.rejected(migration.getMessage());
    }
    if (failed instanceof ActivityCanceledException) {
      return Failures.notSent("cancelled before anything was run", null);
    }
    return Failures.notSent("ended before anything was run: " + failed.getMessage(), null);
  }

  @Override
  public Rehearsal rehearse(RehearsalOrder order) {
    AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
    Waiting waiting = waiting("for the rehearsal of " + order.run());
    return read(
        order.database(),
        // What is called off drops its copy.
        () -> waiting.answer(() -> rehearsal(order, stop::set), () -> stop.get().run()));
  }

  private Rehearsal rehearsal(RehearsalOrder order, Consumer<Runnable> stopper) {
    ProjectDatabase database = databases.find(order.database());
    String whom = "rehearsal-" + order.run();
    try (Checkout checkout = sources.at(order.source());
        ScratchCopies.Copy copy =
            copies.of(order.database(), database.address(), order.backup(), whom, stopper)) {
      return new SchemaRehearsal(tools.of(order.source().policy()), pace)
          .run(
              checkout.source(
                  CopyVariables.of(variables(database), database.address(), copy.address())),
              copy.address(),
              new RunMark(whom),
              order.revisions(),
              order.downTo(),
              order.source().policy());
    } catch (MigratorLock.Taken odd) {
      throw Failures.unavailable(odd.getMessage());
    }
  }

  private <T> T read(DatabaseReference database, Supplier<T> step) {
    return DatabaseSteps.read(projects, database, step);
  }

  private Waiting waiting(String words) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    return new Waiting(pace, () -> context.heartbeat(WAITING + " " + words));
  }

  static Map<String, String> variables(ProjectDatabase database) {
    Map<String, String> variables = new HashMap<>(database.variables());
    variables.keySet().removeAll(OF_ANOTHER_MACHINE);
    return variables;
  }
}
