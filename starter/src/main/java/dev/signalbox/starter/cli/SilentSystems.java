package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.starter.Silent;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.effect.Silence;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import dev.signalbox.workflows.release.Moments;
import java.util.List;
import java.util.stream.Stream;

/** Who gives a run no answer: something that it waits for, and of which it does not know itself. */
final class SilentSystems {
  private final SignalboxClient client;

  SilentSystems(SignalboxClient client) {
    this.client = client;
  }

  /** Of the run, and while it deploys of its deploy. */
  List<Unmet> of(String id, PromotionStatus status) {
    if (status.result() != null) {
      return List.of();
    }
    boolean deploys =
        PromotionWorkflow.isId(id) && List.of("deploying", "question").contains(status.state());
    Stream<String> asking =
        deploys
            ? Stream.of(
                id,
                MigrateAndDeployWorkflow.id(client.project(), PromotionWorkflow.environment(id)))
            : Stream.of(id);
    return asking.flatMap(run -> client.silences(run).stream()).map(SilentSystems::unmet).toList();
  }

  private static Unmet unmet(Silent silent) {
    Silence silence = silent.silence();
    return new Unmet(
        silent.system()
            + ": no answer since "
            + Moments.text(silence.since())
            + " ("
            + silence.sentence()
            + ")"
            + (silent.repeated() ? "; it is asked again by itself" : "")
            + (silence.until() == null
                ? ""
                : ", and a person from " + Moments.text(silence.until()) + " on"),
        silent.system(),
        null);
  }
}
