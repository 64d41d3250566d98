package dev.signalbox.starter.e2e;

import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The Temporal dev server that {@code TEMPORAL_CLI} names, on a file that survives it. */
final class DevServerEngine implements TestEngine {
  private final Path file;
  private final int port;
  private final int uiPort;
  private TemporalDevServer server;

  private DevServerEngine(Path file, int port, int uiPort) {
    this.file = file;
    this.port = port;
    this.uiPort = uiPort;
  }

  static DevServerEngine start(Path directory) {
    DevServerEngine engine =
        new DevServerEngine(directory.resolve("temporal.db"), freePort(), freePort());
    engine.start();
    return engine;
  }

  private void start() {
    String binary = System.getenv("TEMPORAL_CLI");
    if (binary == null) {
      throw new IllegalStateException("set TEMPORAL_CLI to the path of a temporal binary");
    }
    server =
        TemporalDevServer.start(
            "default",
            TemporalDevServerOptions.newBuilder()
                .setExistingPath(binary)
                .setDatabaseFilename(file.toString())
                .setPort(port)
                .setUi(true)
                .setUiPort(uiPort)
                .build());
  }

  /** The address of its web pages. */
  String ui() {
    return "http://127.0.0.1:" + uiPort;
  }

  /** SIGKILL of the server, and a new one on the same file and port. */
  void killAndRestart() {
    ProcessHandle process = process().orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
    server.close();
    start();
  }

  // It is started through a launcher that keeps the process to itself; the file names it.
  private Optional<ProcessHandle> process() {
    return ProcessHandle.current()
        .descendants()
        .filter(
            child ->
                child
                    .info()
                    .arguments()
                    .map(List::of)
                    .filter(arguments -> arguments.contains(file.toString()))
                    .isPresent())
        .findFirst();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  @Override
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    server.close();
  }
}
