package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.MigrateRequest;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.migration.MigrationOrder;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.MigrationDigest;
import dev.signalbox.workflows.release.ShortCommit;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/**
 * What the former code could not bear, run when the new one has soaked: the release is live and
 * reported, the lease given back; then an approval of its own, the lease again, the policy again,
 * and the same migration as ever. A release that goes live meanwhile takes it over.
 */
final class ContractStep {
  static final String PREFIX = "contract-";
  private static final String LEASE = "contract-lease";

  private final PromotionRequest request;
  private final Preflight preflight;
  private final ReleaseDesk desk;
  private final Timeline timeline;
  private final Stage stage;
  private final Lease lease;
  private final DeployLine deploy;
  private final Runnable readPolicy;
  private final CalledOff calledOff;
  private final AskedApproval approval;

  ContractStep(
      PromotionRequest request,
      Preflight preflight,
      ReleaseDesk desk,
      Timeline timeline,
      Stage stage,
      Lease lease,
      DeployLine deploy,
      Runnable readPolicy,
      CalledOff calledOff,
      AskedApproval approval) {
    this.request = request;
    this.preflight = preflight;
    this.desk = desk;
    this.timeline = timeline;
    this.stage = stage;
    this.lease = lease;
    this.deploy = deploy;
    this.readPolicy = readPolicy;
    this.calledOff = calledOff;
    this.approval = approval;
  }

  /** Whether a release that ended so leaves anything to run. */
  boolean wanted(Ending ending) {
    SchemaChange schema = preflight.release() == null ? null : preflight.release().schema();
    return ending.live() && schema != null && !schema.after().isEmpty();
  }

  /** Carries it out; the release stays live whatever becomes of it. */
  Ending carryOut(Ending live) {
    MigrationOrder order = order(live);
    try {
      while (true) {
        Pipeline approved = preflight.pipeline();
        String digest = MigrationDigest.of(approved, request.revision(), order);
        Optional<Ending> stopped = approved(live, order, digest).or(() -> leased(live, order));
        if (stopped.isPresent()) {
          return stopped.get();
        }
        readPolicy.run();
        if (preflight.pipeline().covered().equals(approved.covered())) {
          return migrated(live, order, digest);
        }
        lease.giveBack();
        approval.voidBecauseOf("signalbox.toml has changed");
      }
    } catch (TemporalFailure failure) {
      boolean cancelled = Causes.isCancel(failure);
      return notRun(
          live, order, cancelled ? "cancelled" : "stopped by an error: " + Causes.message(failure));
    }
  }

  private MigrationOrder order(Ending live) {
    SchemaChange schema = preflight.release().schema();
    DeployResult deployed = live.deploy();
    List<String> from = deployed.schema() == null ? schema.from() : deployed.schema().at();
    return new MigrationOrder(from, schema.after(), List.of(), schema.identity());
  }

  private Optional<Ending> approved(Ending live, MigrationOrder order, String digest) {
    stage.enter("contract", digest);
    Ask ask =
        approval
            .gate()
            .open(
                preflight.pipeline(),
                digest,
                question(order),
                order.revisions(),
                preflight.facts().release().contributors());
    ApprovalGate.Verdict verdict = approval.await(ask, story(order, ask), calledOff::known);
    return switch (verdict.outcome()) {
      case APPROVED -> Optional.empty();
      case REJECTED, EXPIRED -> Optional.of(notRun(live, order, verdict.sentence()));
      case GIVEN_UP -> Optional.of(notRun(live, order, takenOver()));
    };
  }

  private AskedApproval.Story story(MigrationOrder order, Ask ask) {
    List<String> checklist =
        ask.points().isEmpty()
            ? List.of()
            : preflight.pipeline().environment().approvals().checklist();
    return new AskedApproval.Story(
        "Approval wanted: the code of "
            + ShortCommit.of(request.revision())
            + " has soaked in "
            + request.environment()
            + "; now its database",
        ReleaseParts.of(order),
        SchemaText.contractCard(
                request, preflight.pipeline().migrations(), order, ask.digest(), ask.whose())
            + RunText.toTick(desk.text().id(), checklist));
  }

  private String question(MigrationOrder order) {
    return "The code of "
        + request.revision().substring(0, 7)
        + " has soaked in "
        + request.environment()
        + ". May the database be migrated with "
        + SchemaChange.words(order.revisions())
        + "? After it nothing leads back to the code before.";
  }

  private Optional<Ending> leased(Ending live, MigrationOrder order) {
    stage.enter(LEASE);
    timeline.waiting(LEASE, "queued at the ledger");
    if (!lease.take(request.revision(), calledOff::known)) {
      return Optional.of(notRun(live, order, takenOver()));
    }
    LiveSet running = lease.grant().recorded().running();
    if (running == null || !request.revision().equals(running.revision())) {
      return Optional.of(
          notRun(live, order, "another release is live by now and has it in its plan"));
    }
    timeline.done(LEASE, "number " + lease.number());
    return Optional.empty();
  }

  private String takenOver() {
    Ending ending = calledOff.ending();
    return ending.result() == Result.SUPERSEDED
        ? "a newer release is live and has it in its plan: " + ending.detail()
        : ending.detail();
  }

  private Ending migrated(Ending live, MigrationOrder order, String digest) {
    stage.enter("migrating");
    Ending end =
        deploy.migrate(
            new MigrateRequest(
                request.project(),
                request.environment(),
                request.revision(),
                Workflow.getInfo().getWorkflowId(),
                Workflow.getInfo().getFirstExecutionRunId(),
                preflight.pipeline(),
                preflight.facts().target(),
                order,
                lease.grant().recorded(),
                digest,
                request.requester(),
                request.reason(),
                lease.number()));
    return new Ending(
        end.result(),
        live.detail() + (end.live() ? "; then " : "; but afterwards ") + end.detail(),
        end.deploy(),
        end.mixed());
  }

  private Ending notRun(Ending live, MigrationOrder order, String why) {
    timeline.failOpen(why);
    timeline.skipped("contract", null, why);
    return new Ending(
        Result.LIVE,
        live.detail() + "; " + SchemaChange.words(order.revisions()) + " was not run: " + why,
        null,
        false);
  }
}
