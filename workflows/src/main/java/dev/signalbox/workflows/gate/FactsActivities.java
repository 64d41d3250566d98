package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.policy.Pipeline;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;

/**
 * Reads everything that the gates judge by, in one look: GitHub, Railway, the source's services and
 * its ledger. A system that is away is a fact, not a failure, so that {@code why} can say so.
 * Heartbeats while it waits for an answer.
 */
@ActivityInterface
public interface FactsActivities {

  /**
   * One look. With {@code unlike} it answers only when the fingerprint differs: until then it fails
   * retryably at the poll interval, which costs no history.
   */
  @ActivityMethod(name = "ReadFacts")
  Facts read(FactsQuery query);

  /**
   * @param live the last good set by the target's ledger; null = no record, then Railway is asked
   * @param unlike fingerprint already known; null = answer at once
   */
  record FactsQuery(
      String project,
      Pipeline pipeline,
      String revision,
      LiveSet live,
      String unlike,
      Duration poll) {}
}
