package dev.signalbox.workers;

import dev.signalbox.workers.config.ConfigurationException;
import dev.signalbox.workers.config.Env;
import dev.signalbox.workers.config.WorkerConfig;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker as a process of its own: reads its configuration, builds, runs until stopped. */
public final class WorkerMain {
  private static final String DEFAULT_ADDRESS = "127.0.0.1:7233";

  private static final Logger log = LoggerFactory.getLogger(WorkerMain.class);

  private WorkerMain() {}

  /** Runs a worker for the {@code signalbox.toml} of the working directory. */
  public static void main(String[] arguments) {
    Logs.takeInLibraries();
    System.exit(exitCode());
  }

  /**
   * Runs until the process is asked to end.
   *
   * @param address asked for only once the configuration is known to be good
   * @param ready told once, when it polls
   * @throws ConfigurationException exit 2
   * @throws TroubleException exit 3
   */
  public static void run(
      Env env, Path directory, Supplier<EngineAddress> address, Consumer<Wiring> ready) {
    WorkerConfig config = WorkerConfig.read(env, directory);
    Logs.toFile(env, directory);
    try (UntilStopped life = new UntilStopped();
        Metrics metrics = new Metrics();
        EngineConnection engine = EngineConnection.open(address.get(), metrics.scope());
        Wiring wiring = Wiring.start(config, engine, Wiring.Purpose.EVERYTHING);
        OpsServer ops = opsServer(config, wiring, metrics)) {
      if (ops != null) {
        log.info("ops server listens port={}", ops.port());
      }
      ready.accept(wiring);
      life.await();
    }
  }

  private static OpsServer opsServer(WorkerConfig config, Wiring wiring, Metrics metrics) {
    return config.opsPort() == 0 ? null : OpsServer.start(config.opsPort(), wiring, metrics);
  }

  private static int exitCode() {
    try {
      run(
          Env.ofProcess(),
          Path.of(""),
          () ->
              EngineAddress.ofSettings(System.getenv())
                  .orElseGet(
                      () -> EngineAddress.local(DEFAULT_ADDRESS, "default", "the default address")),
          wiring -> System.err.println("worker of " + wiring.project() + " polls"));
      return 0;
    } catch (ConfigurationException faulty) {
      System.err.println(faulty.getMessage());
      System.err.println(ConfigurationException.summary(faulty.problems()));
      return Trouble.USAGE;
    } catch (TroubleException trouble) {
      System.err.println(trouble.trouble().sentence());
      return trouble.trouble().code();
    }
  }
}
