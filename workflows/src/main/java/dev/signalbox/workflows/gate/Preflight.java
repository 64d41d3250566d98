package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.gate.FactsActivities.FactsQuery;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.migration.MigrationLook;
import dev.signalbox.workflows.migration.MigrationReading;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.ReleaseSets;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What one run knows of the world and what the gates say of it: the policy, the facts, the verdicts
 * and the release set, always of the same look.
 */
public final class Preflight {
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /** Who waits for the source's database is told by nobody when it has moved on. */
  private static final Duration SOURCE_AGAIN = Duration.ofMinutes(10);

  private final String project;
  private final String environment;
  private final String service;
  private final boolean migration;
  private String requester;
  private boolean automatic;
  private String emergencyReason;
  private Instant emergencyAsked;
  private boolean codeRuns;
  private Pipeline pipeline;
  private Facts facts;
  private MigrationLook migrations;
  private List<GateResult> gates = List.of();
  private ReleaseSet release;
  private LedgerRecord recorded = LedgerRecord.NONE;
  private boolean hinted;
  private Instant lastHint;

  public Preflight(String project, String environment) {
    this(project, environment, null);
  }

  /**
   * @param service the one that is deployed alone; null = all are
   */
  public Preflight(String project, String environment, String service) {
    this(project, environment, service, false);
  }

  private Preflight(String project, String environment, String service, boolean migration) {
    this.project = project;
    this.environment = environment;
    this.service = service;
    this.migration = migration;
  }

  /** Of a migration without a deploy. */
  public static Preflight ofMigration(String project, String environment) {
    return new Preflight(project, environment, null, true);
  }

  /**
   * Says for whom the gates are judged.
   *
   * @param person who asked for the run; null = not known
   * @param byItself whether nobody asked: a push or a tag did
   */
  public Preflight askedBy(String person, boolean byItself) {
    requester = person;
    automatic = byItself;
    return this;
  }

  /**
   * Says that it is an emergency.
   *
   * @param reason null = it is none
   */
  public Preflight inEmergency(String reason) {
    emergencyReason = reason;
    emergencyAsked = now();
    return this;
  }

  /** The door that is open for this run; null = none is. */
  public EmergencyDoor emergency() {
    return emergencyReason == null
        ? null
        : new EmergencyDoor(
            Person.nameOf(requester, pipeline.people()), emergencyReason, emergencyAsked);
  }

  /** Whether an emergency spares this run the approval that the policy asks for. */
  public boolean skipsApproval() {
    return emergency() != null
        && emergency().skipsApproval(pipeline.environment().times().emergency(), now());
  }

  /**
   * Whether the commit's own code is what runs while it is migrated: then none is there that its
   * revisions could break. Without a record of ours it is what Railway says of every service.
   */
  public boolean codeRuns() {
    return codeRuns;
  }

  private boolean codeRuns(String revision, LedgerRecord recorded) {
    if (recorded.live() != null || recorded.mixed()) {
      return recorded.running() != null && revision.equals(recorded.running().revision());
    }
    return revision.equals(facts.base()) && facts.unnamed().isEmpty();
  }

  /** The policy as the worker's file says it now. */
  public Pipeline readPolicy() {
    pipeline =
        Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
            .read(new PolicyQuery(project, environment));
    return pipeline;
  }

  /**
   * Looks once and judges.
   *
   * @param recorded what the environment's ledger says
   * @param migrating for the look at the database, where there are migrations
   */
  public void look(
      String revision, LedgerRecord recorded, ActivityOptions options, ActivityOptions migrating) {
    hinted = false;
    Promise<MigrationLook> reading =
        migrates() ? Async.function(() -> reading(revision, recorded).look(migrating)) : null;
    facts = stub(options).read(query(revision, recorded, null));
    migrations = reading == null ? null : reading.get();
    judge(revision, recorded);
  }

  public void look(String revision, LedgerRecord recorded) {
    look(
        revision,
        recorded,
        ActivityProfiles.quick(queue(), "read the facts"),
        MigrationReading.fewTries(project));
  }

  /** Whether this run has anything to do with the database. */
  private boolean migrates() {
    MigrationPolicy policy = pipeline.migrations();
    return policy != null && (service == null || service.equals(policy.service()));
  }

  private MigrationReading reading(String revision, LedgerRecord recorded) {
    return new MigrationReading(pipeline, revision, recorded.place());
  }

  /**
   * Waits until something has changed, or time may have cured a gate, and judges again. The
   * activity answers only when its look differs from the last one, so that a wait costs the same
   * few events whatever {@code poll} is; after a day at most a new one takes its place. A hint ends
   * the wait too: waiting again begins with a look.
   *
   * @param giveUp ends the wait without another look: whoever gives up must not hang on a system
   *     that is away
   * @param longest after which it looks again whatever has changed; null = as time may cure it
   */
  public void awaitChange(
      String revision, LedgerRecord recorded, BooleanSupplier giveUp, Duration longest) {
    List<Promise<Facts>> changed = new ArrayList<>();
    Duration poll = pipeline.environment().limits().poll();
    CancellationScope watch =
        Workflow.newCancellationScope(
            () ->
                changed.add(
                    Async.function(
                        stub(ActivityProfiles.untilChanged(queue(), "wait for a change", poll))
                            ::read,
                        query(revision, recorded, facts.fingerprint()))));
    List<Promise<Void>> answered = new ArrayList<>();
    CancellationScope line =
        Workflow.newCancellationScope(
            () -> answered.add(Async.procedure(reading(revision, recorded)::awaitAnswer)));
    watch.run();
    if (databaseIsAway()) {
      line.run();
    }
    Workflow.await(
        shortest(longest, untilTimeMayCure()),
        () ->
            changed.get(0).isCompleted()
                || answered.stream().anyMatch(Promise::isCompleted)
                || hinted
                || giveUp.getAsBoolean());
    line.cancel("looked at anew");
    if (giveUp.getAsBoolean()) {
      watch.cancel("given up");
    } else if (changed.get(0).isCompleted()) {
      facts = changed.get(0).get();
      if (migrationsWait()) {
        migrations = reading(revision, recorded).look();
      }
      judge(revision, recorded);
    } else if (hinted) {
      hinted = false;
      watch.cancel("hinted");
    } else {
      watch.cancel("waited long enough");
      look(revision, recorded);
    }
  }

  /**
   * Something may have changed: the next look comes now, and not when it is its turn. Only the
   * first of several hints within {@code poll} does that: for the others the look is near enough.
   */
  public void hinted() {
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    if (pipeline == null) {
      return;
    }
    Duration poll = pipeline.environment().limits().poll();
    if (lastHint == null || !now.isBefore(lastHint.plus(poll))) {
      lastHint = now;
      hinted = true;
    }
  }

  private boolean databaseIsAway() {
    return migrations != null && migrations.unread() != null && !migrations.unread().permanent();
  }

  /** The database is not read at every poll: only when what it said is what is waited for. */
  private boolean migrationsWait() {
    return gates.stream()
        .anyMatch(gate -> gate.name().equals(Migrations.NAME) && gate.state() == State.WAITING);
  }

  private static Duration shortest(Duration one, Duration other) {
    return one == null || one.compareTo(other) > 0 ? other : one;
  }

  private Duration untilTimeMayCure() {
    Duration byGates = untilGatesMayBeMet();
    return migrationsWait() && !databaseIsAway() ? shortest(byGates, SOURCE_AGAIN) : byGates;
  }

  private Duration untilGatesMayBeMet() {
    Duration until =
        gates.stream()
            .filter(gate -> !Gates.concernsTheDeed(gate))
            .map(GateResult::until)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .map(earliest -> Duration.between(now(), earliest))
            .orElse(LONGEST_WAIT);
    return until.isNegative() ? Duration.ZERO : shortest(until, LONGEST_WAIT);
  }

  private void judge(String revision, LedgerRecord recorded) {
    this.recorded = recorded;
    codeRuns = migration && codeRuns(revision, recorded);
    gates =
        Gates.of(pipeline, revision, recorded, service, migrations, codeRuns, occasion())
            .judge(facts);
    if (emergency() != null) {
      gates = emergency().through(gates, pipeline.environment().times().emergency(), now());
    }
    if (facts.release() != null) {
      release =
          ReleaseSets.of(pipeline, revision, facts, recorded.mixed(), service, schemaChange());
    }
  }

  /** Judges the last look once more: time has passed, or the ledger says something else. */
  public void judgeAgain(String revision, LedgerRecord recorded) {
    if (facts != null) {
      judge(revision, recorded);
    }
  }

  private Occasion occasion() {
    return new Occasion(
        Workflow.getInfo().getWorkflowId(),
        Person.nameOf(requester, pipeline.people()),
        automatic,
        now());
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  /** What the look comes to for the schema; null = nothing changes, or nothing may. */
  public SchemaChange schemaChange() {
    return migrations == null || migrations.plan() == null
        ? null
        : SchemaChange.of(migrations.plan(), pipeline.migrations(), codeRuns || facts.nothingRuns())
            .orElse(null);
  }

  /** What is not known of the release, and so not of a way back from it; empty = nothing. */
  public Optional<String> unread() {
    if (facts.release() == null) {
      return Optional.of("what this release changes against what runs could not be read");
    }
    boolean known = migrations == null || migrations.plan() != null;
    return known ? Optional.empty() : Optional.of("what it changes in the database is not known");
  }

  private FactsActivities stub(ActivityOptions options) {
    return Workflow.newActivityStub(FactsActivities.class, ActivityProfiles.heartbeating(options));
  }

  private FactsQuery query(String revision, LedgerRecord recorded, String unlike) {
    return new FactsQuery(
        project,
        pipeline,
        revision,
        recorded.live(),
        unlike,
        pipeline.environment().limits().poll());
  }

  private String queue() {
    return new TaskQueues(project).workflows();
  }

  public Optional<GateResult> first(State state) {
    return gates.stream().filter(gate -> gate.state() == state).findFirst();
  }

  /** What the release waits for, apart from the time. */
  public Optional<GateResult> waiting() {
    return gates.stream()
        .filter(gate -> gate.state() == State.WAITING && !Gates.concernsTheDeed(gate))
        .findFirst();
  }

  /** What the deed alone waits for: the environment is frozen, locked, or on hold. */
  public Optional<GateResult> closed() {
    return gates.stream()
        .filter(gate -> gate.state() == State.WAITING && Gates.concernsTheDeed(gate))
        .findFirst();
  }

  /** How long until time alone may have opened the environment; null = that is not known. */
  public Duration untilOpen() {
    return gates.stream()
        .filter(gate -> Gates.concernsTheDeed(gate) && gate.state() == State.WAITING)
        .map(GateResult::until)
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .map(opens -> Duration.between(now(), opens))
        .orElse(null);
  }

  /** Null until read once. */
  public Pipeline pipeline() {
    return pipeline;
  }

  public Facts facts() {
    return facts;
  }

  public List<GateResult> gates() {
    return gates;
  }

  /** What the ledger said when this was judged. */
  public LedgerRecord recorded() {
    return recorded;
  }

  /** Null until GitHub was read once. */
  public ReleaseSet release() {
    return release;
  }
}
