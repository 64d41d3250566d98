package dev.signalbox.starter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.http.Secret;
import dev.signalbox.starter.engine.InProcessEngine;
import dev.signalbox.workers.Metrics;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.TaskQueues;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GatewayDoorsTest {
  private static final String PROJECT = "nobody-listens";
  private static final String FILE =
      """
      [project]
      name = "%s"
      github = "acme/inspector"
      railway = "r1"
      [services.web]
      [environments.production]
      branch = "main"
      """
          .formatted(PROJECT);

  @Test
  void leavesNobodyAtWorkWhenItCannotListen() throws IOException {
    try (InProcessEngine engine = InProcessEngine.start();
        EngineConnection connection =
            EngineConnection.open(EngineAddress.local(engine.address(), "default", "a test"));
        Metrics metrics = new Metrics();
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

      assertThatThrownBy(
              () ->
                  GatewayDoors.open(
                      settings(), "127.0.0.1", taken.getLocalPort(), connection, metrics, null))
          .isInstanceOf(TroubleException.class);

      assertThat(atWork()).isEmpty();
    }
  }

  /** Threads that wait for this project's tasks. */
  private static List<String> atWork() {
    return Stream.of(Thread.getAllStackTraces())
        .flatMap(threads -> threads.keySet().stream())
        .map(Thread::getName)
        .filter(name -> name.contains(new TaskQueues(PROJECT).gateway()))
        .toList();
  }

  private static GatewaySettings settings() {
    return new GatewaySettings(
        PipelineFile.parse("signalbox.toml", FILE).orThrow(),
        Optional.of(ListeningGateway.SECRET),
        URI.create("http://127.0.0.1:1"),
        Optional.of(new Secret("a-token")),
        true,
        Optional.of(new Secret("the-key-of-the-gateway")),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }
}
