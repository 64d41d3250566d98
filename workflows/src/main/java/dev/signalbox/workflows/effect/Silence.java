package dev.signalbox.workflows.effect;

import java.time.Duration;
import java.time.Instant;

/**
 * That a system gives no answer to a read which goes on. Who waits in an activity has it in the
 * heartbeat, where {@code why} finds it. Pure.
 *
 * @param since the first of the reads that were not answered
 * @param sentence what came in the place of the last answer
 * @param until when a person is asked; null = nobody is
 */
public record Silence(Instant since, String sentence, Instant until) {

  /**
   * After one more read that was not answered.
   *
   * @param before null = this was the first
   * @param away how long nobody may answer before a person is asked; null = for ever
   */
  public static Silence again(Silence before, Instant now, String sentence, Duration away) {
    Instant since = before == null ? now : before.since();
    return new Silence(since, sentence, away == null ? null : since.plus(away));
  }

  public boolean over(Instant now) {
    return until != null && !now.isBefore(until);
  }
}
