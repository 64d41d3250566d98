package dev.signalbox.starter.gateway;

import dev.signalbox.workers.Metrics;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workers.policy.PipelineFile;
import java.util.ArrayList;
import java.util.List;

/** The one list of the doors that there are. */
public final class GatewayDoors {
  private GatewayDoors() {}

  /** Opens those that are switched on. */
  public static GatewayServer open(
      GatewaySettings settings, String host, int port, EngineConnection engine, Metrics metrics) {
    return GatewayServer.start(
        host, port, Limits.DEFAULTS, doors(settings, engine, metrics), metrics);
  }

  static List<GatewayDoor> doors(
      GatewaySettings settings, EngineConnection engine, Metrics metrics) {
    PipelineFile pipelines = settings.pipelines();
    Courier courier = new Courier(engine);
    Tally tally = new Tally(metrics.registry());
    List<GatewayDoor> doors = new ArrayList<>();
    settings
        .githubSecret()
        .map(
            secret ->
                new GitHubDoor(
                    new GitHubSignature(secret),
                    pipelines.project().github(),
                    new GitHubRoutes(pipelines.project().name(), pipelines.environments()),
                    courier,
                    tally))
        .ifPresent(doors::add);
    return doors;
  }
}
