package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.deploy.DeployStatus;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** What the query {@code status} of a promotion shows. */
final class StatusView {
  private final String revision;
  private final Stage stage;
  private final Preflight preflight;
  private final Asks asks;
  private final Timeline timeline;

  StatusView(String revision, Stage stage, Preflight preflight, Asks asks, Timeline timeline) {
    this.revision = revision;
    this.stage = stage;
    this.preflight = preflight;
    this.asks = asks;
    this.timeline = timeline;
  }

  /**
   * @param card null until approval was wanted
   * @param pullUrl null when there is no pull request
   * @param result null while it runs
   */
  PromotionStatus of(String card, String pullUrl, PromotionResult result) {
    ReleaseSet release = preflight.release();
    return new PromotionStatus(
        Workflow.getInfo().getWorkflowId(),
        result == null ? running() : result.result().word(),
        revision,
        digest(release),
        release == null ? null : release.alias(),
        result == null ? unmet() : List.of(),
        asks.open(),
        timeline.steps(),
        asks.decisions(),
        preflight.gates(),
        card,
        pullUrl,
        result);
  }

  /** Of what people are asked now; else of the release. */
  private String digest(ReleaseSet release) {
    return asks.open().stream()
        .filter(ask -> ask.kind() == Ask.Kind.APPROVAL)
        .map(Ask::digest)
        .findFirst()
        .orElse(release == null ? null : release.digest());
  }

  private String running() {
    boolean question = asks.open().stream().anyMatch(ask -> ask.kind() == Ask.Kind.QUESTION);
    return question ? "question" : stage.name();
  }

  private List<Unmet> unmet() {
    List<Unmet> unmet = new ArrayList<>();
    preflight.gates().stream()
        .filter(gate -> gate.state() != State.MET)
        .forEach(
            gate ->
                unmet.add(
                    new Unmet(gate.name() + ": " + gate.evidence(), gate.owner(), gate.until())));
    unmet.addAll(DeployStatus.unmet(asks));
    if (stage.name().equals("lease") || stage.name().equals("contract-lease")) {
      unmet.add(new Unmet("lease: another run holds the environment", "the ledger", null));
    }
    return unmet;
  }
}
