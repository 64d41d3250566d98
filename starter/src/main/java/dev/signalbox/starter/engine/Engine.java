package dev.signalbox.starter.engine;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.Wiring;
import dev.signalbox.workers.config.WorkerConfig;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine that a command talks to: one that runs already, or one in this process together with a
 * worker. Closing it ends what it started, and nothing else.
 */
public final class Engine implements AutoCloseable {
  private static final String NAMESPACE = "default";
  private static final Duration KNOCK = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  private final EngineConnection connection;
  private final boolean inProcess;
  private final boolean lent;
  private final Deque<AutoCloseable> started;

  private Engine(
      EngineConnection connection, boolean inProcess, boolean lent, Deque<AutoCloseable> started) {
    this.connection = connection;
    this.inProcess = inProcess;
    this.lent = lent;
    this.started = started;
  }

  /**
   * Where the running engine is: {@code --address}, else Temporal's settings, else the nearest
   * {@code .signalbox/engine.json} at which something answers. Empty when nothing names one.
   *
   * @param address as {@code --address} gives it; null = not given
   */
  public static Optional<EngineAddress> find(
      String address, Map<String, String> environment, Path directory) {
    if (address != null) {
      return Optional.of(EngineAddress.named(address, "--address", environment));
    }
    return EngineAddress.ofSettings(environment)
        .or(
            () ->
                EngineFile.find(directory)
                    .map(
                        file ->
                            EngineAddress.local(
                                file.address(), file.namespace(), ".signalbox/engine.json"))
                    .filter(found -> EngineConnection.answers(found, KNOCK)));
  }

  /**
   * Connects to the running engine.
   *
   * @throws TroubleException exit 3, when there is none or it does not answer
   */
  public static Engine connect(String address, Map<String, String> environment, Path directory) {
    EngineAddress found =
        find(address, environment, directory).orElseThrow(() -> new TroubleException(none()));
    EngineConnection connection = EngineConnection.open(found);
    return new Engine(connection, false, false, new ArrayDeque<>());
  }

  /** By a connection of somebody else, who goes on with it afterwards. */
  public static Engine lent(EngineConnection connection) {
    return new Engine(connection, false, true, new ArrayDeque<>());
  }

  /**
   * Starts an engine and a worker in this process, and lets other terminals find it for as long as
   * it lives.
   *
   * @throws TroubleException exit 3, when such a worker would change systems beyond this machine
   */
  public static Engine start(WorkerConfig config, Path directory, Wiring.Purpose purpose) {
    Deque<AutoCloseable> started = new ArrayDeque<>();
    try {
      InProcessEngine server = InProcessEngine.start();
      started.push(server);
      EngineConnection connection =
          EngineConnection.open(
              EngineAddress.local(server.address(), NAMESPACE, "the engine in this process"));
      started.push(connection);
      started.push(Wiring.start(config, connection, purpose));
      started.push(announce(server.address(), config, directory));
      return new Engine(connection, true, false, started);
    } catch (RuntimeException failure) {
      closeAll(started);
      throw failure;
    }
  }

  public EngineConnection connection() {
    return connection;
  }

  /** Whether it, and all that runs on it, ends with this process. */
  public boolean inProcess() {
    return inProcess;
  }

  @Override
  public void close() {
    closeAll(started);
    if (!lent) {
      connection.close();
    }
  }

  private static AutoCloseable announce(String address, WorkerConfig config, Path directory) {
    EngineFile file =
        new EngineFile(
            address,
            NAMESPACE,
            config.pipelines().project().name(),
            null,
            null,
            ProcessHandle.current().pid(),
            Instant.now().truncatedTo(ChronoUnit.MILLIS));
    try {
      file.write(directory);
    } catch (UncheckedIOException unwritable) {
      // Whoever only looks, in a directory of somebody else, needs no second terminal.
      log.info("not announced", unwritable);
      return () -> {};
    }
    // An interrupted command closes nothing, and would leave the file behind.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> file.remove(directory)));
    return () -> file.remove(directory);
  }

  private static void closeAll(Deque<AutoCloseable> started) {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception failure) {
        throw new IllegalStateException("closing the engine: " + failure, failure);
      }
    }
  }

  private static Trouble none() {
    return Trouble.notReached(
        "Looking for a Temporal engine",
        "--address, TEMPORAL_ADDRESS, Temporal's profile, .signalbox/engine.json",
        "none of them names one that answers",
        "Start one (temporal server start-dev --db-filename signalbox.db), set"
            + " TEMPORAL_ADDRESS=127.0.0.1:7233 and start `signalbox worker`; `signalbox demo`"
            + " brings its own.");
  }
}
