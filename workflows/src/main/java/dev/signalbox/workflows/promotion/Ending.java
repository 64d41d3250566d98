package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;

/**
 * Why a promotion's journey ended.
 *
 * @param deploy how the deploy ended; null when none was started
 */
record Ending(Result result, String detail, DeployResult deploy) {

  static Ending of(Result result, String detail) {
    return new Ending(result, detail, null);
  }

  static Ending of(DeployResult deploy) {
    return new Ending(deploy.result(), deploy.detail(), deploy);
  }

  boolean live() {
    return result == Result.LIVE;
  }
}
