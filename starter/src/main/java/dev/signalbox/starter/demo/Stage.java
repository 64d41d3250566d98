package dev.signalbox.starter.demo;

import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.starter.engine.EngineFile;
import dev.signalbox.starter.engine.InProcessEngine;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the acts play on: sandbox and engine in this process, the worker in another, that can be
 * killed.
 */
public final class Stage implements AutoCloseable {
  static final String PROJECT = "inspector";
  static final String STAGING = "staging";
  static final String PRODUCTION = "production";

  private static final String NAMESPACE = "default";
  private static final Duration WORKER_START = Duration.ofSeconds(60);

  private final Path directory;
  private final DemoDatabase database;
  private final Sandbox sandbox;
  private final InProcessEngine engine;
  private final EngineConnection connection;
  private final EngineFile announced;
  private final SignalboxClient client;
  private WorkerProcess worker;

  private Stage(Path directory) {
    this.directory = directory;
    this.database = DemoDatabase.start(directory);
    this.sandbox = Sandbox.start(SandboxSettings.demo().withInstances(database.instances()));
    // From now on production is migrated by us, and staging goes on doing it by itself.
    sandbox.railway().preDeploy(PRODUCTION, "backend", null);
    sandbox.write(directory);
    this.engine = InProcessEngine.start();
    this.connection =
        EngineConnection.open(
            EngineAddress.local(engine.address(), NAMESPACE, "the demo's own engine"));
    this.announced =
        new EngineFile(
            engine.address(),
            NAMESPACE,
            PROJECT,
            null,
            sandbox.url(),
            ProcessHandle.current().pid(),
            Instant.now());
    announced.write(directory);
    // An interrupted demo closes nothing, and would leave the file behind.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> announced.remove(directory)));
    this.client = new SignalboxClient(connection, PROJECT);
    startWorker();
  }

  /** Sets it up below {@code directory}; everything answers when this returns. */
  public static Stage setUp(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("making the demo's directory", unwritable);
    }
    return new Stage(directory);
  }

  Sandbox sandbox() {
    return sandbox;
  }

  DemoDatabase database() {
    return database;
  }

  SignalboxClient client() {
    return client;
  }

  Path directory() {
    return directory;
  }

  /** Starts a worker and waits until it answers. */
  void startWorker() {
    worker =
        WorkerProcess.start(
            directory,
            engine.address(),
            sandbox,
            // Whatever else is installed here may be too old for this server.
            Map.of("PG_BIN", database.programs().toString()));
    Instant deadline = Instant.now().plus(WORKER_START);
    while (true) {
      try {
        if (client.ledger(PRODUCTION).isPresent()) {
          return;
        }
      } catch (TroubleException notThereYet) {
        worker.requireAlive(notThereYet);
      }
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "the worker did not answer within " + WORKER_START + "; its log: " + worker.log());
      }
      Pauses.shortly();
    }
  }

  /** SIGKILL: nothing in the worker gets to say good-bye. */
  long killWorker() {
    long pid = worker.pid();
    worker.kill();
    return pid;
  }

  long workerPid() {
    return worker.pid();
  }

  /** Commits on staging, as a push does, and answers the new revision. */
  String releaseOnStaging(String message, Map<String, String> files) {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return sandbox.pushRelease(STAGING, bytes, message);
  }

  /** Changes the worker's {@code signalbox.toml} while it runs. */
  void configure(String text, String instead) {
    Path file = directory.resolve("signalbox.toml");
    try {
      Files.writeString(file, Files.readString(file).replace(text, instead));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("changing the demo's configuration", unwritable);
    }
  }

  /** Where people look. */
  public Map<String, String> urls() {
    Map<String, String> urls = new LinkedHashMap<>();
    urls.put("engine", engine.address());
    urls.put("sandbox", sandbox.url());
    urls.put("journal", sandbox.url() + "/_sandbox/journal");
    urls.put("backend", sandbox.serviceUrl(PRODUCTION, "backend"));
    urls.put("frontend", sandbox.serviceUrl(PRODUCTION, "frontend"));
    return urls;
  }

  @Override
  public void close() {
    worker.kill();
    connection.close();
    announced.remove(directory);
    engine.close();
    sandbox.close();
    database.close();
  }
}
