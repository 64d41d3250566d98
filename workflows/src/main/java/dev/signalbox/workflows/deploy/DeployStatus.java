package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.release.Timeline;
import java.util.List;

/** The answer to {@code status} of a run that is no promotion. */
public final class DeployStatus {
  private DeployStatus() {}

  /**
   * @param result null while it runs
   */
  public static PromotionStatus of(
      String id,
      String revision,
      String digest,
      String stage,
      Asks asks,
      Timeline timeline,
      DeployResult result) {
    List<Unmet> unmet = asks.open().stream().map(DeployStatus::unmet).toList();
    boolean question = asks.open().stream().anyMatch(ask -> ask.kind() == Ask.Kind.QUESTION);
    String state = result != null ? result.result().word() : question ? "question" : stage;
    return new PromotionStatus(
        id,
        state,
        revision,
        digest,
        null,
        unmet,
        asks.open(),
        timeline.steps(),
        asks.decisions(),
        null,
        null,
        null,
        result == null
            ? null
            : new PromotionResult(
                id,
                revision,
                result.result(),
                digest,
                result.detail(),
                null,
                result.steps(),
                result.failures(),
                result.detail(),
                result.proof()));
  }

  /** An open ask as something that is not met. */
  public static Unmet unmet(Ask ask) {
    return new Unmet(
        ask.id() + ": " + ask.text(),
        ask.from().isEmpty() ? "anybody" : String.join(", ", ask.from()),
        null);
  }
}
