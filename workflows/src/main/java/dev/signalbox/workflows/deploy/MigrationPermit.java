package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.migration.MigrationOrder;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.release.MigrationDigest;
import dev.signalbox.workflows.release.ShortCommit;
import dev.signalbox.workflows.release.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may be done to the schema: as a promotion had it approved, or planned, judged by the gates
 * and approved here. It holds the environment meanwhile, so that nobody is waited for at a gate.
 */
final class MigrationPermit {
  /** Of the commit that runs the others speak of a release, and there is none. */
  private static final Set<String> OF_WHAT_RUNS = Set.of("migrations", "not-quarantined");

  /** These speak of what a merge or a deployment would do. */
  private static final Set<String> OF_A_DEPLOY = Set.of("auto-deploy", "base-level", "variables");

  private final MigrateRequest request;
  private final Asks asks;
  private final Timeline timeline;
  private final ApprovalGate approval;
  private Pipeline pipeline;
  private EnvironmentState before;
  private MigrationOrder order;
  private String digest;
  private String standing;
  private boolean rejected;

  MigrationPermit(MigrateRequest request, Asks asks, Timeline timeline) {
    this.request = request;
    this.asks = asks;
    this.timeline = timeline;
    this.approval = new ApprovalGate(asks);
    this.pipeline = request.pipeline();
    this.before = request.before();
    this.order = request.order();
    this.digest = request.digest();
    if (pipeline != null) {
      asks.judgeBy(pipeline, request.requester());
    }
  }

  /**
   * Plans, judges and asks, unless a promotion has done that.
   *
   * @param asking called before people are asked
   * @return why nothing may be done; empty = {@link #order} may, or there is none
   */
  Optional<String> obtain(Runnable asking) {
    if (order != null) {
      return Optional.empty();
    }
    Preflight preflight =
        Preflight.ofMigration(request.project(), request.environment(), request.ofWhatRuns());
    pipeline = preflight.readPolicy();
    asks.judgeBy(pipeline, request.requester());
    timeline.begin("gates");
    preflight.look(request.revision(), request.recorded());
    before = preflight.facts().target();
    List<GateResult> gates = preflight.gates().stream().filter(this::concerns).toList();
    Optional<GateResult> unmet =
        gates.stream().filter(gate -> gate.state() != State.MET).findFirst();
    if (unmet.isPresent()) {
      return Optional.of("gate " + unmet.get().name() + ": " + unmet.get().evidence());
    }
    if (before == null) {
      return Optional.of("what runs could not be read, so nobody could look at it afterwards");
    }
    timeline.done("gates", gates.size() + " met");
    standing = evidence(gates);
    Optional<SchemaChange> change = Optional.ofNullable(preflight.schemaChange());
    order = change.flatMap(MigrationOrder::beforeTheCode).orElse(null);
    if (order == null) {
      standing = change.map(MigrationPermit::later).orElse(standing);
      return Optional.empty();
    }
    digest = MigrationDigest.of(pipeline, request.revision(), order);
    return approved(change.get(), asking);
  }

  private boolean concerns(GateResult gate) {
    if (request.ofWhatRuns()) {
      return OF_WHAT_RUNS.contains(gate.name());
    }
    return !OF_A_DEPLOY.contains(gate.name());
  }

  private static String evidence(List<GateResult> gates) {
    return gates.stream()
        .filter(gate -> gate.name().equals("migrations"))
        .map(GateResult::evidence)
        .findFirst()
        .orElse("");
  }

  private static String later(SchemaChange change) {
    return SchemaChange.words(change.after()) + " waits until the code of this commit has soaked";
  }

  private Optional<String> approved(SchemaChange change, Runnable asking) {
    List<String> lines = change.toBeApproved();
    if (pipeline.environment().approvals() == null && lines.isEmpty()) {
      timeline.skipped("approval", null, "none needed");
      return Optional.empty();
    }
    asking.run();
    Ask ask =
        approval.open(
            pipeline,
            digest,
            "May the database of "
                + request.environment()
                + " be migrated with the revisions of "
                + ShortCommit.of(request.revision())
                + "? "
                + SchemaChange.words(order.revisions())
                + ".");
    timeline.waiting("approval", "by " + (ask.from().isEmpty() ? "anybody" : ask.from()));
    ApprovalGate.Verdict verdict = approval.await(ask, () -> false);
    rejected = verdict.outcome() != ApprovalGate.Outcome.APPROVED;
    if (rejected) {
      return Optional.of(verdict.sentence());
    }
    timeline.done("approval", verdict.sentence());
    return Optional.empty();
  }

  boolean rejected() {
    return rejected;
  }

  /** Null until it was read. */
  Pipeline pipeline() {
    return pipeline;
  }

  /** What may be done; null = nothing is to be done. */
  MigrationOrder order() {
    return order;
  }

  /** The environment as it was read; null until then. */
  EnvironmentState before() {
    return before;
  }

  /** Null until something is to be approved. */
  String digest() {
    return digest;
  }

  /** Where the database stands, in words. */
  String standing() {
    return standing;
  }
}
