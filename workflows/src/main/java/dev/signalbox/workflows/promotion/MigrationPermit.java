package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.github.Contributor;
import dev.signalbox.workflows.github.ReleaseFacts;
import dev.signalbox.workflows.migration.MigrationOrder;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.migration.Unpromised;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.release.MigrationDigest;
import dev.signalbox.workflows.release.ShortCommit;
import dev.signalbox.workflows.release.Timeline;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What may be done to the schema by hand: planned, judged by the gates, and approved by people.
 * Judged again with the lease; a yes counts for what it was said to.
 */
final class MigrationPermit {
  /** Of the commit that runs the others speak of a release, and there is none. */
  private static final Set<String> OF_WHAT_RUNS =
      Set.of("migrations", "not-quarantined", "freeze", "lock");

  /** These speak of what a merge or a deployment would do. */
  private static final Set<String> OF_A_DEPLOY = Set.of("auto-deploy", "base-level", "variables");

  private final MigrationRunRequest request;
  private final Asks asks;
  private final Timeline timeline;
  private Pipeline pipeline;
  private EnvironmentState before;
  private ReleaseFacts release;
  private MigrationOrder order;
  private SchemaChange change;
  private WayDown down;
  private String digest;
  private String given;
  private String standing;
  private List<GateResult> gates = List.of();

  MigrationPermit(MigrationRunRequest request, Asks asks, Timeline timeline) {
    this.request = request;
    this.asks = asks;
    this.timeline = timeline;
  }

  /**
   * Reads the policy, the world and the database, and judges.
   *
   * @param step as the timeline has it
   * @return why nothing may be done; empty = {@link #order} may when it is approved, or there is
   *     none
   */
  Optional<String> judge(LedgerRecord recorded, String step) {
    timeline.begin(step);
    Preflight preflight =
        Preflight.ofMigration(request.project(), request.environment())
            .askedBy(request.requester(), false);
    pipeline = preflight.readPolicy();
    asks.judgeBy(pipeline, request.requester());
    preflight.look(request.revision(), recorded);
    before = preflight.facts().target();
    release = preflight.facts().release();
    if (request.downTo() != null) {
      return judgeDown(recorded, step);
    }
    boolean ofWhatRuns = preflight.codeRuns();
    gates = preflight.gates().stream().filter(gate -> concerns(gate, ofWhatRuns)).toList();
    Optional<GateResult> unmet =
        gates.stream().filter(gate -> gate.state() != State.MET).findFirst();
    if (unmet.isPresent()) {
      return Optional.of("gate " + unmet.get().name() + ": " + unmet.get().evidence());
    }
    if (before == null) {
      return Optional.of("what runs could not be read, so nobody could look at it afterwards");
    }
    timeline.done(step, gates.size() + " met");
    change = preflight.schemaChange();
    order = MigrationOrder.beforeTheCode(change).orElse(null);
    standing = change == null || order != null ? evidence(gates) : later(change);
    digest = order == null ? null : MigrationDigest.of(pipeline, request.revision(), order);
    return Optional.empty();
  }

  /** Nobody is kept from going back by a gate that speaks of going forward. */
  private Optional<String> judgeDown(LedgerRecord recorded, String step) {
    if (before == null) {
      return Optional.of("what runs could not be read, so nobody could look at it afterwards");
    }
    down = new WayDown(pipeline, request.revision(), request.downTo());
    Optional<String> refused = down.judge(recorded);
    if (refused.isPresent()) {
      return refused;
    }
    timeline.done(step, down.borne());
    order = MigrationOrder.down(down.plan(), pipeline.migrations());
    digest = MigrationDigest.of(pipeline, request.revision(), order);
    return Optional.empty();
  }

  private static boolean concerns(GateResult gate, boolean ofWhatRuns) {
    return ofWhatRuns ? OF_WHAT_RUNS.contains(gate.name()) : !OF_A_DEPLOY.contains(gate.name());
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

  /** Whether a person must say yes to what was judged last, and has not. */
  boolean asks() {
    boolean wanted =
        down != null
            || pipeline.environment().approvals() != null
            || !change.toBeApproved().isEmpty();
    return wanted && !digest.equals(given);
  }

  /** Opens the question to the people who may say yes. */
  Ask open(ApprovalGate approval) {
    return approval.open(
        pipeline,
        digest,
        (down == null ? upwards() : downwards()) + unpromised(),
        order.revisions(),
        contributors());
  }

  /** What is asked, as the first line of a card. */
  String title() {
    return "Approval wanted: the database of "
        + request.environment()
        + (down == null
            ? ", with the revisions of " + ShortCommit.of(request.revision())
            : " back to " + request.downTo());
  }

  /** What is asked, as the parts of a card. */
  List<Part> parts() {
    return down == null
        ? ReleaseParts.of(order, gates)
        : ReleaseParts.down(order, down.losses(), down.borne());
  }

  /** Of what runs and where it goes down nobody was read. */
  private List<Contributor> contributors() {
    return release == null ? List.of() : release.contributors();
  }

  private String unpromised() {
    List<String> sentences = Unpromised.of(pipeline.migrations());
    return sentences.isEmpty() ? "" : " Not promised: " + String.join("; ", sentences) + ".";
  }

  private String upwards() {
    return "May the database of "
        + request.environment()
        + " be migrated with the revisions of "
        + ShortCommit.of(request.revision())
        + "? "
        + SchemaChange.words(order.revisions())
        + ".";
  }

  private String downwards() {
    return "May the database of "
        + request.environment()
        + " be taken back to "
        + request.downTo()
        + "? Taken back: "
        + SchemaChange.words(order.revisions())
        + ". Gone for good: "
        + down.losses()
        + ". "
        + down.borne().substring(0, 1).toUpperCase(Locale.ROOT)
        + down.borne().substring(1)
        + ".";
  }

  /** People have said yes to it. */
  void given(Ask ask) {
    given = ask.digest();
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
