package dev.signalbox.workflows.spoken;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.spoken.SpokenActivities.Answered;
import dev.signalbox.workflows.spoken.SpokenActivities.Awaited;
import dev.signalbox.workflows.spoken.SpokenActivities.Carried;
import dev.signalbox.workflows.spoken.SpokenActivities.Left;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Carried out, answered, judged: each step is three events, however long it takes. */
public final class SpokenWorkflowImpl implements SpokenWorkflow {
  /** All gateways, or the place where it is answered, may be away that long. */
  private static final Duration ANSWERED_WITHIN = Duration.ofDays(1);

  /** A decision may wait that long for a worker; {@code why} shows what is judged later. */
  private static final Duration JUDGED_WITHIN = Duration.ofDays(7);

  private static final Duration UNREACHED = Duration.ofSeconds(20);

  @Override
  public void run(SpokenWords words) {
    try {
      Left left = carriedOut(words);
      if (left != null) {
        hands(words, "is it judged?", JUDGED_WITHIN).tellVerdict(new Awaited(words, left));
      }
    } catch (ActivityFailure unanswered) {
      // Where nobody could be answered nobody can be told so.
      Workflow.getLogger(SpokenWorkflowImpl.class)
          .warn("not answered message={}: {}", words.message(), unanswered.getMessage());
    }
  }

  /** What nobody has judged yet; null = nothing. */
  private static Left carriedOut(SpokenWords words) {
    SpokenActivities hands = hands(words, words.door() + " " + words.message(), ANSWERED_WITHIN);
    Carried carried = hands.carryOut(words);
    hands.answer(new Answered(words, carried.text()));
    while (carried.again()) {
      Workflow.sleep(UNREACHED);
      Carried next = hands.carryOut(words);
      if (!next.text().equals(carried.text())) {
        hands.answer(new Answered(words, next.text()));
      }
      carried = next;
    }
    return carried.left();
  }

  private static SpokenActivities hands(SpokenWords words, String summary, Duration longest) {
    return Workflow.newActivityStub(
        SpokenActivities.class,
        ActivityProfiles.quick(new TaskQueues(words.project()).gateway(), summary, longest));
  }
}
