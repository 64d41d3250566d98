package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.github.GitHubActivities.MergeProof;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.policy.EnvironmentPolicy.MergeMethod;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
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
  private static final String READ_AGAIN = "done";
  private static final String ABANDON = "abandon";

  private final String revision;
  private final Preflight preflight;
  private final ReleaseDesk desk;
  private final Timeline timeline;
  private final Questions questions;
  private String commit;

  MergeStep(
      String revision,
      Preflight preflight,
      ReleaseDesk desk,
      Timeline timeline,
      Questions questions) {
    this.revision = revision;
    this.preflight = preflight;
    this.desk = desk;
    this.timeline = timeline;
    this.questions = questions;
  }

  /**
   * The merge commit; null = none was needed, or not merged yet. After a fast-forward it is what
   * stands for the revision at the branch's head, null where that is the revision itself.
   */
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
      timeline.skipped("merge", null, "none: it is deployed from its branch");
      return Optional.empty();
    }
    timeline.begin("merge");
    try {
      MergeProof proof = desk.merge();
      return proof.unclear() == null ? judge(proof) : settle(proof.unclear());
    } catch (ActivityFailure refused) {
      return stopped("not merged: " + Failure.message(refused));
    }
  }

  /** The branch may have moved, so this never ends as "not merged" without having been read. */
  private Optional<Ending> settle(String unclear) {
    Reading reading = read();
    while (reading.proof() == null) {
      if (reading.notMerged()) {
        return stopped("not merged: " + unclear);
      }
      Reading last = reading;
      MergeProof[] found = new MergeProof[1];
      String answer =
          questions.ask(
              "merge",
              "Is " + revision.substring(0, 7) + " merged? " + unclear,
              last.detail(),
              List.of(READ_AGAIN, ABANDON),
              () -> {
                found[0] = read().proof();
                return Optional.ofNullable(found[0]).map(proof -> READ_AGAIN);
              });
      if (answer.equals(ABANDON)) {
        return stopped("merge abandoned by a person, whatever became of it: " + unclear);
      }
      reading = found[0] == null ? read() : new Reading(found[0], false, null);
    }
    return judge(reading.proof());
  }

  /**
   * @param notMerged pull request and branch stayed as they were for the whole settle time
   */
  private record Reading(MergeProof proof, boolean notMerged, String detail) {}

  private Reading read() {
    try {
      return new Reading(desk.readMerge(), false, null);
    } catch (ActivityFailure unread) {
      return new Reading(null, unchanged(unread), Failure.message(unread));
    }
  }

  /** Also where the settle time ran out in the middle of a look. */
  private static boolean unchanged(ActivityFailure unread) {
    Throwable cause = unread;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof ApplicationFailure last
        && FailureType.of(last.getType()) == FailureType.UNCHANGED;
  }

  private Optional<Ending> judge(MergeProof proof) {
    if (!onlyTheApproved(proof)) {
      return stopped(
          "the base moved: "
              + proof.mergeCommit().substring(0, 7)
              + " is more than the approved commit; nothing deployed");
    }
    commit = revision.equals(proof.mergeCommit()) ? null : proof.mergeCommit();
    timeline.done("merge", proof.mergeCommit().substring(0, 7) + how());
    return Optional.empty();
  }

  private boolean onlyTheApproved(MergeProof proof) {
    ReleaseSet release = preflight.release();
    boolean ours =
        fastForward()
            ? release.head().equals(proof.mergeCommit())
            : proof.parents().equals(List.of(release.targetHead(), release.head()));
    return ours && Objects.equals(proof.tree(), proof.revisionTree());
  }

  private boolean fastForward() {
    return preflight.pipeline().environment().merge() == MergeMethod.FAST_FORWARD;
  }

  private String how() {
    return fastForward()
        ? ": " + preflight.pipeline().environment().branch() + " was moved forward to it"
        : "";
  }

  private Optional<Ending> stopped(String detail) {
    timeline.failed("merge", null, detail);
    return Optional.of(Ending.of(Result.FAILED, detail));
  }
}
