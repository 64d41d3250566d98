package dev.signalbox.starter.cli;

import dev.signalbox.starter.engine.Engine;
import dev.signalbox.starter.gateway.GatewayDoors;
import dev.signalbox.starter.gateway.GatewayServer;
import dev.signalbox.starter.gateway.GatewaySettings;
import dev.signalbox.workers.Logs;
import dev.signalbox.workers.Metrics;
import dev.signalbox.workers.UntilStopped;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Listens to webhooks and chat until it is stopped. */
@Command(
    name = "gateway",
    description = "Listen to webhooks and tell this project's runs, until stopped.")
final class GatewayCommand extends EngineCommand {
  private static final int HIGHEST_PORT = 65535;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "8080",
      description = "Where it listens (default: ${DEFAULT-VALUE}); 0 picks a free one.")
  int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Which of this machine's addresses (default: ${DEFAULT-VALUE}); 0.0.0.0 = all of them.")
  String host;

  GatewayCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run() {
    Targets.requireNumber("--port", port, 0, HIGHEST_PORT);
    GatewaySettings settings = GatewaySettings.read(env(), directory());
    Logs.toFile(env(), directory());
    try (UntilStopped life = new UntilStopped();
        Metrics metrics = new Metrics();
        Engine engine = Engine.connect(address, surroundings.environment(), directory());
        GatewayServer server =
            GatewayDoors.open(
                settings, host, port, engine.connection(), metrics, commands(settings, engine))) {
      ready(settings, server);
      life.await();
    }
    return Exit.DONE;
  }

  private SpokenCommands commands(GatewaySettings settings, Engine engine) {
    return new SpokenCommands(surroundings, engine.connection(), settings.pipelines());
  }

  private void ready(GatewaySettings settings, GatewayServer server) {
    String project = settings.pipelines().project().name();
    printer()
        .object(
            Map.of(
                "ready",
                true,
                "url",
                server.url(),
                "project",
                project,
                "pid",
                ProcessHandle.current().pid()));
    printer().line("gateway of " + project + " listens at " + server.url() + "; Ctrl-C stops it");
  }
}
