package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.Merge;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.github.GitHubActivities.MergeOrder;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.policy.EnvironmentPolicy.AutoDeploy;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/**
 * Makes the revision part of the target branch, or leaves it alone where it is part of it already,
 * or leaves it to the deploy where Railway deploys what is pushed.
 */
final class MergeStep {
  private final String revision;
  private final Preflight preflight;
  private final ReleaseDesk desk;
  private final Timeline timeline;
  private final Questions questions;
  private final CalledOff calledOff;
  private MergeOrder left;
  private String commit;
  private String pushedBefore;

  MergeStep(
      String revision,
      Preflight preflight,
      ReleaseDesk desk,
      Timeline timeline,
      Questions questions,
      CalledOff calledOff) {
    this.revision = revision;
    this.preflight = preflight;
    this.desk = desk;
    this.timeline = timeline;
    this.questions = questions;
    this.calledOff = calledOff;
  }

  /**
   * The merge commit; null = none was needed, or not merged yet. After a fast-forward it is what
   * stands for the revision at the branch's head, null where that is the revision itself.
   */
  String commit() {
    return commit;
  }

  /** What the deploy has to merge; null = nothing. */
  MergeOrder leftToTheDeploy() {
    return left;
  }

  /** What was there already and is deployed by Railway itself; null = nothing. */
  String pushedBefore() {
    return pushedBefore;
  }

  /**
   * Merges, or leaves it to the deploy.
   *
   * @return why the promotion stops here; empty when it goes on
   */
  Optional<Ending> carryOut() {
    Ending[] stopped = new Ending[1];
    Workflow.newDetachedCancellationScope(() -> stopped[0] = merge()).run();
    return Optional.ofNullable(stopped[0]);
  }

  private Ending merge() {
    desk.status(StatusState.SUCCESS, "all gates met, approved, lease held");
    if (calledOff.refusal().isPresent()) {
      return calledOff.refusal().get();
    }
    ReleaseSet release = preflight.release();
    if (release.alreadyMerged()) {
      commit = release.formerMerge();
      pushedBefore = railwayDeploys() ? release.merged() : null;
      timeline.skipped("merge", null, desk.text().alreadyMerged());
      return null;
    }
    if (!desk.hasPull()) {
      timeline.skipped("merge", null, "none: it is deployed from its branch");
      return null;
    }
    if (railwayDeploys()) {
      left = desk.mergeOrder();
      return null;
    }
    Merge.End end =
        new Merge(
                desk.mergeOrder(),
                preflight.pipeline().environment().limits().settle(),
                timeline,
                questions)
            .carryOut();
    if (!end.good()) {
      return Ending.of(Result.FAILED, end.refusal());
    }
    made(end.pushed());
    return null;
  }

  private boolean railwayDeploys() {
    return preflight.pipeline().environment().autoDeploy() == AutoDeploy.OBSERVE;
  }

  /** The deploy has made the merge that was left to it. */
  void learn(DeployResult deployed) {
    if (left != null && deployed != null && deployed.pushed() != null) {
      made(deployed.pushed());
    }
  }

  private void made(String pushed) {
    commit = revision.equals(pushed) ? null : pushed;
  }
}
