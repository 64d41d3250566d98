package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.pace.Allowance;
import dev.signalbox.activities.pace.Allowance.Window;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * When the previews of this worker may begin with what they want of Railway: a hundred that begin
 * at once make more calls in a second than Railway bears, are refused, and come again together.
 */
final class PreviewTurns {
  /** One look, after which all but one wait for their turn to be made. */
  static final int MAKING = 1;

  /** A look, the mark, the removal, another look. */
  static final int REMOVING = 4;

  /** Calls; Railway bears 10 in a second of Hobby, 50 of Pro. */
  private static final List<Window> WINDOWS = List.of(new Window(Duration.ofSeconds(1), 8));

  /** Who waits longer leaves its place at the worker to others meanwhile. */
  private static final Duration LONGEST_LINE = Duration.ofSeconds(2);

  private final Pace pace;
  private final Allowance allowance;

  PreviewTurns(Pace pace) {
    this.pace = pace;
    this.allowance = new Allowance(pace::now, WINDOWS);
  }

  /**
   * Does it in its turn.
   *
   * @throws ApiException {@code RATE_LIMITED}, with the time of its turn, where that is not soon
   */
  <T> T when(String who, int cost, Waiting waiting, Supplier<T> work) {
    Duration wait = allowance.ask(who, cost);
    while (!wait.isZero()) {
      if (wait.compareTo(LONGEST_LINE) > 0) {
        throw ApiException.later(who + " waits for its turn at Railway", wait);
      }
      waiting.until(pace.now().plus(wait));
      wait = allowance.ask(who, cost);
    }
    try {
      return waiting.answer(work);
    } catch (ApiException refusal) {
      if (refusal.is(Kind.RATE_LIMITED) && refusal.status() != 0) {
        refusal.delay().ifPresent(allowance::shut);
      }
      throw refusal;
    }
  }
}
