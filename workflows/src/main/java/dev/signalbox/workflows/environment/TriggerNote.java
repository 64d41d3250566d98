package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import java.time.Instant;

/**
 * What became of a trigger.
 *
 * @param cause {@code push to staging}, {@code label promote on #7}
 * @param revision null = it was not looked at, or not read
 * @param outcome null = nothing was asked for
 * @param id of the workflow that carries it out; null = none does
 */
public record TriggerNote(
    Instant at, String cause, String revision, Outcome outcome, String id, String message) {

  /** Whether a promotion came of it, or was there. */
  public boolean started() {
    return outcome != null && outcome != Outcome.REFUSED;
  }
}
