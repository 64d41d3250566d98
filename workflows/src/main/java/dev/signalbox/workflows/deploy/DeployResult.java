package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Step;
import java.util.List;

/**
 * How a deploy ended.
 *
 * @param live what runs now; null when it could not be established
 * @param detail one sentence: why
 * @param quarantine whether the revision proved bad here
 * @param addresses what people open, one per service that has one
 */
public record DeployResult(
    Result result,
    String detail,
    LiveSet live,
    boolean quarantine,
    List<Step> steps,
    List<String> addresses) {
  public DeployResult {
    steps = steps == null ? List.of() : List.copyOf(steps);
    addresses = addresses == null ? List.of() : List.copyOf(addresses);
  }
}
