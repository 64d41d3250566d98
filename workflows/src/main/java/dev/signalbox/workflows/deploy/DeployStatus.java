package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.release.Timeline;
import java.util.List;
import java.util.stream.Stream;

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
    List<Unmet> unmet = unmet(asks);
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

  /** What is asked and not answered, as something that is not met: a line for each group. */
  public static List<Unmet> unmet(Asks asks) {
    return asks.open().stream()
        .filter(ask -> ask.kind() != Ask.Kind.POINT || !asks.decided(ask))
        .flatMap(ask -> unmet(ask, asks))
        .toList();
  }

  private static Stream<Unmet> unmet(Ask ask, Asks asks) {
    String text = ask.id() + ": " + ask.text();
    if (ask.kind() != Ask.Kind.APPROVAL || ask.required() == 1) {
      boolean met = ask.kind() == Ask.Kind.APPROVAL && asks.missing(ask).isEmpty();
      return met ? Stream.empty() : Stream.of(new Unmet(text, ask.whose(), null));
    }
    List<String> given = asks.approvers(ask.id());
    return asks.missing(ask).stream()
        .map(
            need ->
                new Unmet(
                    text + " Still wanted: " + need.words(),
                    need.from().isEmpty()
                        ? ask.whose()
                        : ask.names(
                            need.from().stream().filter(name -> !given.contains(name)).toList()),
                    null));
  }
}
