package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.environment.RecordedMerge;
import dev.signalbox.workflows.policy.Pipeline;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import java.util.List;

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
   * @param live what the ledger recorded as running in the target; null = no record, then Railway
   *     is asked
   * @param unlike fingerprint already known; null = answer at once
   */
  record FactsQuery(
      String project,
      Pipeline pipeline,
      String revision,
      LiveSet live,
      List<RecordedMerge> merges,
      String unlike,
      Duration poll) {
    public FactsQuery {
      merges = merges == null ? List.of() : List.copyOf(merges);
    }
  }
}
