package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.Asides;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.migration.MigrationActivities.PlanOrder;
import dev.signalbox.workflows.migration.MigrationPlan.State;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.DropOrder;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.PrepareOrder;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.Prepared;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.ReachOrder;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.SeedOrder;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.Seeded;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The database of one preview: its own, migrated by the same activities as a release, and filled
 * once. Nobody relies on what is in it, so that there is no backup, no rehearsal and no approval,
 * and one that newer code of the pull request has left behind is made anew.
 */
public final class PreviewDatabase {
  private static final String PREPARE = "database";
  private static final String SEED = "seed";
  private static final String REACH = "reachable";
  private static final int ATTEMPTS = 5;

  /** What is away for a moment fails no preview. */
  private static final int LOOKS = 3;

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
  private static final int LONGEST_NAME = 63;

  /** Where what is in it comes from other files than these. */
  private static final Set<State> LEFT_BEHIND =
      Set.of(State.AHEAD, State.DIVERGED, State.UNKNOWN_REVISION);

  private final PreviewSettings settings;
  private final String environment;
  private final String mark;

  /**
   * @param settings with a database
   * @param environment the preview's name
   * @param mark id of its workflow
   */
  public PreviewDatabase(PreviewSettings settings, String environment, String mark) {
    this.settings = settings;
    this.environment = environment;
    this.mark = mark;
  }

  /**
   * How it ended.
   *
   * @param failed why the preview has no database that its code could use; null = it has
   * @param evidence last lines of what failed
   * @param schema null = nothing is known of it, or there is none of its own
   */
  public record End(String failed, List<String> evidence, PreviewSchema schema) {
    public boolean good() {
      return failed == null;
    }
  }

  /** What it is called where it is made by us: letters, digits and {@code _}, as SQL likes it. */
  public String name() {
    String whole =
        ("signalbox_" + settings.base().project().name() + "_" + environment)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_");
    return whole.length() <= LONGEST_NAME
        ? whole
        : whole.substring(0, LONGEST_NAME - 9)
            + "_"
            + String.format(Locale.ROOT, "%08x", whole.hashCode());
  }

  /**
   * Brings it to the head of a commit.
   *
   * @param pipeline of the preview's own environment
   * @param former what was known of it before; null = nothing, so that it begins empty
   * @param calledOff whether nothing more may begin
   */
  public End bring(
      Pipeline pipeline,
      String revision,
      PreviewSchema former,
      Timeline timeline,
      BooleanSupplier calledOff) {
    PreviewSchema schema = former == null || former.broken() ? null : former;
    try {
      timeline.begin(PREPARE);
      Prepared prepared = prepare(pipeline, schema == null);
      if (prepared.name() == null) {
        timeline.skipped(PREPARE, null, "none of its own: nothing is migrated");
        return new End(null, List.of(), null);
      }
      MigrationPlan plan = plan(pipeline, revision);
      if (LEFT_BEHIND.contains(plan.state()) && prepared.made()) {
        prepared = prepare(pipeline, true);
        plan = plan(pipeline, revision);
        schema = null;
      }
      if (!plan.state().mayRun()) {
        return failed(timeline, plan.sentence(), List.of(), null);
      }
      schema =
          PreviewSchema.of(prepared, plan, pipeline.migrations().directory(), schema, dropOrder());
      timeline.done(PREPARE, schema.database() + ", its own");
      if (!plan.revisions().isEmpty()) {
        Upgrade.End end = upgrade(pipeline, revision, plan, timeline, calledOff);
        if (end.outcome() != Upgrade.Outcome.DONE) {
          return failed(
              timeline,
              "the migration did not come to its end: " + end.detail(),
              end.log(),
              schema);
        }
        timeline.done(Upgrade.STEP, end.detail());
      }
      return seeded(pipeline, revision, prepared, timeline, schema);
    } catch (ActivityFailure failure) {
      Causes.rethrowCancel(failure);
      return failed(timeline, Causes.message(failure), List.of(), schema);
    }
  }

  private Prepared prepare(Pipeline pipeline, boolean anew) {
    PrepareOrder order =
        new PrepareOrder(
            DatabaseReference.of(settings.base()),
            DatabaseReference.of(pipeline),
            server(),
            name(),
            mark,
            anew ? Workflow.randomUUID().toString() : null,
            settings.previews().railways() ? true : null);
    return asides().ask("make the database of " + environment, own -> own.prepare(order));
  }

  private Asides<PreviewDatabaseActivities> asides() {
    return new Asides<>(PreviewDatabaseActivities.class, queue());
  }

  private MigrationPlan plan(Pipeline pipeline, String revision) {
    return Workflow.newActivityStub(
            MigrationActivities.class, MigrationReading.fewTries(settings.base().project().name()))
        .plan(
            new PlanOrder(
                DatabaseReference.of(pipeline),
                MigrationSourceReference.of(pipeline, revision),
                false));
  }

  private static Upgrade.End upgrade(
      Pipeline pipeline,
      String revision,
      MigrationPlan plan,
      Timeline timeline,
      BooleanSupplier calledOff) {
    MigrationOrder order =
        new MigrationOrder(
            plan.database(),
            plan.revisions().stream()
                .map(one -> PendingRevision.of(one, pipeline.migrations()))
                .toList(),
            List.of(),
            plan.identity());
    Upgrade upgrade =
        new Upgrade(
            order,
            new UpgradeCall(
                pipeline, revision, Workflow.getInfo().getFirstExecutionRunId(), List.of()),
            timeline,
            null,
            pipeline.environment().limits().deploy(),
            calledOff);
    // Not detached: a newer commit ends it, and finds the database where it stands.
    return upgrade.carryOut();
  }

  private End seeded(
      Pipeline pipeline,
      String revision,
      Prepared prepared,
      Timeline timeline,
      PreviewSchema schema) {
    List<String> command = settings.database().seed();
    if (command.isEmpty() || prepared.seeded()) {
      return new End(null, List.of(), schema);
    }
    timeline.begin(SEED);
    Seeded seeded =
        Workflow.newActivityStub(
                PreviewDatabaseActivities.class,
                ActivityProfiles.working(queue(), "fill the database", ATTEMPTS))
            .seed(
                new SeedOrder(
                    DatabaseReference.of(pipeline),
                    MigrationSourceReference.of(pipeline, revision),
                    command));
    if (seeded.failed() != null) {
      return failed(
          timeline,
          "the seed command `" + String.join(" ", command) + "` failed: " + seeded.failed(),
          seeded.log(),
          schema);
    }
    timeline.done(SEED, "filled by " + String.join(" ", command));
    return new End(null, List.of(), schema);
  }

  /** Nothing is known of what is in it then: the next commit begins with an empty one. */
  private static End failed(
      Timeline timeline, String why, List<String> evidence, PreviewSchema schema) {
    timeline.failOpen(why);
    return new End(why, evidence, schema == null ? null : schema.failed());
  }

  /**
   * Sees that it answers through the variable that the service got.
   *
   * @param schema of its own
   * @return how it is known now, or why it does not answer
   */
  public End reach(Pipeline pipeline, PreviewSchema schema, Timeline timeline) {
    String variable = pipeline.migrations().url() + " of " + pipeline.migrations().service();
    ReachOrder order = new ReachOrder(DatabaseReference.of(pipeline), schema.database());
    timeline.begin(REACH);
    String not = null;
    for (int time = 0; time < LOOKS; time++) {
      if (time > 0) {
        Workflow.sleep(BETWEEN_LOOKS);
      }
      not = asides().ask("reach the database of " + environment, own -> own.reach(order)).not();
      if (not == null) {
        timeline.done(REACH, schema.database() + " answers through " + variable);
        return new End(null, List.of(), schema.reachedThrough(variable));
      }
    }
    String why = "its database is not reached through " + variable + ": " + not;
    timeline.failed(REACH, null, why);
    return new End(why, List.of(), schema);
  }

  /**
   * Drops it; the server has it no more when this returns.
   *
   * @param schema as it was known when it was made; null = nothing is known, and the file says
   *     where it would be
   */
  public void drop(PreviewSchema schema) {
    DropOrder known = schema == null ? null : schema.drop();
    if (known != null || settings.base().migrations() != null) {
      DropOrder order = known == null ? dropOrder() : known;
      var unused = asides().ask("drop the database of " + environment, own -> own.drop(order));
    }
  }

  private DropOrder dropOrder() {
    return new DropOrder(DatabaseReference.of(settings.base()), server(), name(), mark);
  }

  private String server() {
    return settings.database() == null ? null : settings.database().server();
  }

  private String queue() {
    return new TaskQueues(settings.base().project().name()).migration();
  }
}
