package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionStatus;

/**
 * A run of ours that somebody waits for.
 *
 * @param failed whether it ended, and not well
 * @param sentence where it stands, or how it ended
 */
record OurRun(boolean underWay, boolean failed, String sentence) {

  static OurRun of(SignalboxClient client, String id) {
    PromotionStatus status = client.standing(id).orElseThrow(() -> AnswerCommand.unknownRun(id));
    PromotionResult result = status.result();
    if (result != null) {
      boolean live = result.result() == PromotionResult.Result.LIVE;
      return new OurRun(false, !live, id + " ended " + result.result().with(result.detail()));
    }
    return client.describe(id).filter(known -> !known.running()).isPresent()
        ? new OurRun(false, true, id + " ended without a result: " + status.state())
        : new OurRun(true, false, id + " " + status.state());
  }
}
