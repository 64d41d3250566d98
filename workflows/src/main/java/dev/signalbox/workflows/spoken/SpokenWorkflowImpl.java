package dev.signalbox.workflows.spoken;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.spoken.SpokenActivities.Answered;
import dev.signalbox.workflows.spoken.SpokenActivities.Awaited;
import dev.signalbox.workflows.spoken.SpokenActivities.Carried;
import dev.signalbox.workflows.spoken.SpokenActivities.Left;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
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
      // Nobody can be told so where it was said: the failed run is the record of it.
      String message = notAnswered(words) + Causes.message(unanswered);
      Workflow.getLogger(SpokenWorkflowImpl.class).error(message);
      throw ApplicationFailure.newNonRetryableFailure(message, "NotAnswered");
    }
  }

  private static String notAnswered(SpokenWords words) {
    return words.person()
        + " is not answered to what was said at "
        + words.door()
        + " ("
        + words.message()
        + "); `why`, `status` and `audit` show what came of it: ";
  }

  /** What nobody has judged yet; null = nothing. */
  private static Left carriedOut(SpokenWords words) {
    SpokenActivities hands = hands(words, summary(words), ANSWERED_WITHIN);
    SpokenActivities work = work(words);
    Carried carried = work.carryOut(words);
    hands.answer(new Answered(words, carried.text()));
    while (carried.again()) {
      Workflow.sleep(UNREACHED);
      Carried next = work.carryOut(words);
      if (!next.text().equals(carried.text())) {
        hands.answer(new Answered(words, next.text()));
      }
      carried = next;
    }
    return carried.left();
  }

  /** Signs of life show that a gateway is at it: soon after the last one another takes over. */
  private static SpokenActivities work(SpokenWords words) {
    return Workflow.newActivityStub(
        SpokenActivities.class,
        ActivityProfiles.heartbeating(
            ActivityProfiles.quick(
                new TaskQueues(words.project()).gateway(), summary(words), ANSWERED_WITHIN)));
  }

  private static String summary(SpokenWords words) {
    return words.door() + " " + words.message();
  }

  private static SpokenActivities hands(SpokenWords words, String summary, Duration longest) {
    return Workflow.newActivityStub(
        SpokenActivities.class,
        ActivityProfiles.quick(new TaskQueues(words.project()).gateway(), summary, longest));
  }
}
