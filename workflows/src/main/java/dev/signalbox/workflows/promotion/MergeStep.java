package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.github.GitHubActivities.MergeProof;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes the revision part of the target branch: guarded by the commit, proved by what is read back,
 * and left alone where it is part of it already.
 */
final class MergeStep {
  private final String revision;
  private final Preflight preflight;
  private final ReleaseDesk desk;
  private final Timeline timeline;
  private String commit;

  MergeStep(String revision, Preflight preflight, ReleaseDesk desk, Timeline timeline) {
    this.revision = revision;
    this.preflight = preflight;
    this.desk = desk;
    this.timeline = timeline;
  }

  /** The merge commit; null = none was needed, or not merged yet. */
  String commit() {
    return commit;
  }

  /**
   * Merges. Detached: a merge under way is brought to its end, whoever cancels.
   *
   * @return why the promotion stops here; empty when it goes on
   */
  Optional<Ending> carryOut() {
    List<Ending> stopped = new ArrayList<>();
    Workflow.newDetachedCancellationScope(() -> merge().ifPresent(stopped::add)).run();
    return stopped.stream().findFirst();
  }

  private Optional<Ending> merge() {
    desk.status(StatusState.SUCCESS, "all gates met, approved, lease held");
    ReleaseSet release = preflight.release();
    if (release.alreadyMerged()) {
      commit = release.formerMerge();
      timeline.skipped("merge", null, desk.text().alreadyMerged());
      return Optional.empty();
    }
    if (!desk.hasPull()) {
      return Optional.empty();
    }
    timeline.begin("merge");
    try {
      return judge(desk.merge());
    } catch (ActivityFailure refused) {
      return stopped("not merged: " + Failure.message(refused));
    }
  }

  private Optional<Ending> judge(MergeProof proof) {
    if (!onlyTheApproved(proof)) {
      return stopped(
          "the base moved: "
              + proof.mergeCommit().substring(0, 7)
              + " is more than the approved commit; nothing deployed");
    }
    commit = proof.mergeCommit();
    timeline.done("merge", commit.substring(0, 7));
    return Optional.empty();
  }

  private boolean onlyTheApproved(MergeProof proof) {
    return proof.parents().equals(List.of(preflight.release().targetHead(), revision))
        && Objects.equals(proof.tree(), proof.revisionTree());
  }

  private Optional<Ending> stopped(String detail) {
    timeline.failed("merge", null, detail);
    return Optional.of(Ending.of(Result.FAILED, detail));
  }
}
