package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What somebody has ordered of an environment and what holds until somebody takes it back.
 *
 * @param person by whom, as the file calls them
 * @param since when it was ordered; of a lock, when it was got
 * @param until when it ends by itself; null = it does not
 * @param untilMerged of a lock: it ends when a release of this person is merged
 * @param promotion of an override: the run that may pass; null otherwise
 */
public record StandingOrder(
    String person,
    String reason,
    Instant since,
    Instant until,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean untilMerged,
    @JsonInclude(JsonInclude.Include.NON_NULL) String promotion) {

  /** One that holds until it is taken back. */
  StandingOrder(String person, String reason, Instant since) {
    this(person, reason, since, null, false, null);
  }

  /** Whether it holds at this moment. */
  public boolean holds(Instant now) {
    return until == null || now.isBefore(until);
  }

  StandingOrder from(Instant moment) {
    return new StandingOrder(person, reason, moment, until, untilMerged, promotion);
  }
}
