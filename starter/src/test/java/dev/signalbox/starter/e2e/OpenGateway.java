package dev.signalbox.starter.e2e;

import dev.signalbox.starter.cli.SpokenCommands;
import dev.signalbox.starter.cli.Surroundings;
import dev.signalbox.starter.gateway.GatewayDoors;
import dev.signalbox.starter.gateway.GatewayServer;
import dev.signalbox.starter.gateway.GatewaySettings;
import dev.signalbox.workers.Metrics;
import dev.signalbox.workers.config.Env;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A gateway in this process that serves a house. */
final class OpenGateway implements AutoCloseable {
  private final Metrics metrics = new Metrics();
  private final EngineConnection engine;
  private final GatewayServer server;

  /**
   * @param more variables beside those of the house: the secrets of its doors
   */
  OpenGateway(House house, Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(house.environment());
    variables.put("TEMPORAL_ADDRESS", house.engineAddress());
    variables.putAll(more);
    engine = EngineConnection.open(EngineAddress.local(house.engineAddress(), "default", "a test"));
    GatewaySettings settings = GatewaySettings.read(new Env(variables), house.directory());
    SpokenCommands commands =
        new SpokenCommands(
            surroundings(variables, house.directory()), engine, settings.pipelines());
    server = GatewayDoors.open(settings, "127.0.0.1", 0, engine, metrics, commands);
  }

  private static Surroundings surroundings(Map<String, String> variables, Path directory) {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    return new Surroundings(
        variables,
        directory,
        nowhere,
        nowhere,
        InputStream.nullInputStream(),
        false,
        false,
        Instant.now());
  }

  String url() {
    return server.url();
  }

  @Override
  public void close() {
    server.close();
    engine.close();
    metrics.close();
  }
}
