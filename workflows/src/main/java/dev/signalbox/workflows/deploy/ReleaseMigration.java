package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.migration.MigrationStep;
import dev.signalbox.workflows.migration.SchemaRecord;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.DeploymentFailure;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.CancellationScope;
import java.util.Optional;
import java.util.function.Supplier;

/** What a release does to the schema: by the worker before the code goes, or by Railway with it. */
final class ReleaseMigration {
  private final DeployRequest request;
  private final Timeline timeline;
  private final Questions questions;
  private final FailureReads failures;
  private final PreDeployMigration byRailway;
  private MigrationStep.End end;
  private boolean neverLive;

  ReleaseMigration(
      DeployRequest request, Timeline timeline, Questions questions, FailureReads failures) {
    this.request = request;
    this.timeline = timeline;
    this.questions = questions;
    this.failures = failures;
    this.byRailway =
        request.migration() != null && request.pipeline().migrations().byRailway()
            ? new PreDeployMigration(
                request.pipeline(), request.before(), request.migration(), timeline, questions)
            : null;
  }

  /** Before the first service is touched, and before a push that Railway deploys by itself. */
  Optional<Trouble> before(Supplier<Trouble> calledOff) {
    if (request.migration() == null) {
      return Optional.empty();
    }
    if (byRailway != null) {
      return byRailway.arm();
    }
    CancellationScope here = CancellationScope.current();
    end =
        new MigrationStep(
                request.pipeline(),
                request.revision(),
                timeline,
                questions,
                here::isCancelRequested)
            .carryOut(request.migration());
    if (here.isCancelRequested()) {
      return Optional.of(calledOff.get().after(end.detail()));
    }
    return end.good()
        ? Optional.empty()
        : Optional.of(new Trouble(Result.FAILED, end.detail(), false, end.evidence()));
  }

  /** When the rollout has ended, however; in a detached scope. */
  Optional<Trouble> after(ReleaseRollout rollout) {
    if (byRailway == null) {
      return Optional.empty();
    }
    byRailway.putBack();
    String service = request.pipeline().migrations().service();
    Rollout.End deployed = rollout.end(service);
    DeploymentFailure failure =
        failures.all().stream()
            .filter(one -> one.service().equals(service))
            .findFirst()
            .orElse(null);
    Optional<Trouble> trouble = byRailway.judge(deployed, failure);
    neverLive = neverLive || (trouble.isPresent() && deployed.ending() == Rollout.Ending.FAILED);
    return trouble;
  }

  /** The service whose new deployment never served, so that nothing of it is to be taken back. */
  Optional<String> neverLive() {
    return neverLive ? Optional.of(request.pipeline().migrations().service()) : Optional.empty();
  }

  /** What was done to the schema; null = nothing. */
  SchemaRecord record() {
    if (byRailway != null) {
      return byRailway.record();
    }
    return end == null ? null : end.record();
  }
}
