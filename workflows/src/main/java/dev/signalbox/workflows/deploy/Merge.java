package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.MergeOrder;
import dev.signalbox.workflows.github.MergeProof;
import dev.signalbox.workflows.release.ShortCommit;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Brings one merge, or one move of a branch, to a known end: made and proved by what is read back,
 * not made, or asked about. A promotion makes it before its deploy; where Railway deploys what is
 * pushed, the deploy makes it, because there it is what triggers.
 */
public final class Merge {
  private static final String STEP = "merge";
  private static final String READ_AGAIN = "done";
  private static final String ABANDON = "abandon";

  private final MergeOrder order;
  private final Duration settle;
  private final Timeline timeline;
  private final Questions questions;

  /**
   * @param settle how long an unclear outcome is read back before a person is asked
   */
  public Merge(MergeOrder order, Duration settle, Timeline timeline, Questions questions) {
    this.order = order;
    this.settle = settle;
    this.timeline = timeline;
    this.questions = questions;
  }

  /**
   * How it ended.
   *
   * @param pushed what the branch was brought to; null = nothing, or nobody knows
   * @param refusal why it stops here; null = it goes on
   * @param unknown whether a person stopped it with its outcome unknown
   */
  public record End(String pushed, String refusal, boolean unknown) {
    public boolean good() {
      return refusal == null;
    }
  }

  /** Whether a branch is moved and no commit is made. */
  private boolean forward() {
    return order.branch() != null;
  }

  /** Detached: a merge under way is brought to its end, whoever cancels. */
  public End carryOut() {
    End[] end = new End[1];
    Workflow.newDetachedCancellationScope(() -> end[0] = merge()).run();
    return end[0];
  }

  private End merge() {
    timeline.begin(STEP);
    try {
      MergeProof proof = github(ActivityProfiles.quick(queue(), STEP)).merge(order);
      return proof.unclear() == null ? judge(proof) : settle(proof.unclear());
    } catch (ActivityFailure refused) {
      return stopped(new End(null, "not merged: " + Causes.message(refused), false));
    }
  }

  /** The branch may have moved, so this never ends as "not merged" without having been read. */
  private End settle(String unclear) {
    Reading reading = read();
    while (reading.proof() == null) {
      if (reading.notMerged()) {
        return stopped(new End(null, "not merged: " + unclear, false));
      }
      Reading last = reading;
      MergeProof[] found = new MergeProof[1];
      String answer =
          questions.ask(
              STEP,
              "Is " + ShortCommit.of(order.revision()) + " merged? " + unclear,
              last.detail(),
              List.of(READ_AGAIN, ABANDON),
              () -> {
                found[0] = read().proof();
                return Optional.ofNullable(found[0]).map(proof -> READ_AGAIN);
              });
      if (answer.equals(ABANDON)) {
        return stopped(
            new End(null, "merge abandoned by a person, whatever became of it: " + unclear, true));
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
      ActivityOptions settling = ActivityProfiles.settling(queue(), "read the merge back", settle);
      return new Reading(github(settling).readMerge(order), false, null);
    } catch (ActivityFailure unread) {
      return new Reading(null, unchanged(unread), Causes.message(unread));
    }
  }

  /** Also where the settle time ran out in the middle of a look. */
  private static boolean unchanged(ActivityFailure unread) {
    return Causes.innermost(unread) instanceof ApplicationFailure last
        && FailureType.of(last.getType()) == FailureType.UNCHANGED;
  }

  private End judge(MergeProof proof) {
    String pushed = proof.mergeCommit();
    if (!onlyTheApproved(proof)) {
      return stopped(
          new End(
              pushed,
              "the base moved: "
                  + ShortCommit.of(pushed)
                  + " is more than the approved commit; nothing deployed",
              false));
    }
    timeline.done(
        STEP,
        ShortCommit.of(pushed) + (forward() ? ": " + order.branch() + " was moved to it" : ""));
    return new End(pushed, null, false);
  }

  private boolean onlyTheApproved(MergeProof proof) {
    boolean ours =
        forward()
            ? order.sha().equals(proof.mergeCommit())
            : proof.parents().equals(List.of(order.targetHead(), order.sha()));
    return ours && Objects.equals(proof.tree(), proof.revisionTree());
  }

  private End stopped(End end) {
    timeline.failed(STEP, null, end.refusal());
    return end;
  }

  private String queue() {
    return new TaskQueues(order.project()).github();
  }

  private static GitHubActivities github(ActivityOptions options) {
    return Workflow.newActivityStub(GitHubActivities.class, options);
  }
}
