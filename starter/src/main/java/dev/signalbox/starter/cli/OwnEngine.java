package dev.signalbox.starter.cli;

import dev.signalbox.activities.http.NoAnswer;
import dev.signalbox.starter.engine.Engine;
import dev.signalbox.workers.Logs;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.Wiring;
import dev.signalbox.workers.config.WorkerConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** The engine of the few commands that may bring their own when none runs. */
final class OwnEngine {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private OwnEngine() {}

  /** The running engine; with none named, one in this process with its worker. */
  static Engine connectOrStart(EngineCommand command, Wiring.Purpose purpose) {
    Surroundings surroundings = command.surroundings;
    if (surroundings.heard() != null
        || Engine.find(command.address, surroundings.environment(), command.directory())
            .isPresent()) {
      return command.runningEngine();
    }
    WorkerConfig config = WorkerConfig.read(command.env(), command.directory());
    if (purpose == Wiring.Purpose.EVERYTHING) {
      Wiring.requireThisMachine(config, "an engine in this process");
    }
    requireReachable("Railway", config.railwayUrl(), "SIGNALBOX_RAILWAY_URL");
    requireReachable("GitHub", config.githubUrl(), "SIGNALBOX_GITHUB_URL");
    Logs.toFile(command.env(), command.directory());
    return Engine.start(config, command.directory(), purpose);
  }

  /** Any answer will do: whether the token is good, the worker's own calls will say. */
  private static void requireReachable(String whom, URI address, String variable) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    try {
      client.send(
          HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
          HttpResponse.BodyHandlers.discarding());
    } catch (IOException unreachable) {
      throw new TroubleException(
          Trouble.notReached(
              "Reaching " + whom,
              address.toString(),
              words(unreachable),
              "Check the network and " + variable + "."),
          unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  // Java's client puts nothing but its classes into these two.
  private static String words(IOException unreachable) {
    if (unreachable instanceof HttpTimeoutException) {
      return "no answer within " + PATIENCE.toSeconds() + " s";
    }
    return unreachable instanceof ConnectException
        ? "no connection: it is refused, or the host is unknown"
        : NoAnswer.words(unreachable);
  }
}
