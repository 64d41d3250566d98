package dev.signalbox.bench;

import dev.signalbox.sandbox.Journal;
import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.sandbox.SandboxSettings.Timing;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.Wiring;
import dev.signalbox.workers.config.Env;
import dev.signalbox.workers.config.WorkerConfig;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.promotion.PromotionResult;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * An installation to measure: a sandbox whose project has staging and environments that are each
 * promoted from it, without approval and with every wait as short as it goes.
 */
final class Site implements AutoCloseable {
  static final String PROJECT = "inspector";

  /** As fast as the sandbox goes. */
  private static final Timing QUICK =
      new Timing(
          Duration.ofMillis(10),
          Duration.ofMillis(30),
          Duration.ofMillis(20),
          Duration.ofSeconds(2));

  private final Path directory;
  private final Sandbox sandbox;
  private final EngineConnection connection;
  private final SignalboxClient client;
  private final BenchEngine engine;
  private int releases;

  Site(BenchEngine engine, Path directory, List<String> environments) throws IOException {
    this.engine = engine;
    this.directory = Files.createDirectories(directory);
    List<EnvironmentSettings> all = new ArrayList<>();
    all.add(new EnvironmentSettings("staging", "staging", true));
    environments.forEach(name -> all.add(new EnvironmentSettings(name, name, false)));
    sandbox = Sandbox.start(SandboxSettings.demo().withTiming(QUICK).withEnvironments(all));
    sandbox.write(directory);
    Path file = directory.resolve("signalbox.toml");
    Files.writeString(file, quick(Files.readString(file)));
    connection = engine.connect();
    client = new SignalboxClient(connection, PROJECT);
  }

  private static String quick(String toml) {
    return toml.replaceAll("(?m)^from = .*", "from = \"staging\"")
        .replaceAll("(?m)^approvals = .*", "")
        .replaceAll("(?m)^soak = .*", "soak = \"0s\"")
        .replaceAll("(?m)^poll = .*", "poll = \"50ms\"")
        .replaceAll("(?m)^every = .*", "every = \"50ms\"\nsuccesses = 1");
  }

  Path directory() {
    return directory;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  BenchEngine engine() {
    return engine;
  }

  WorkflowClient temporal() {
    return connection.client();
  }

  EngineConnection connection() {
    return connection;
  }

  /** A worker in this process; it answers when this returns. */
  Wiring work(String environment) {
    WorkerConfig config =
        WorkerConfig.read(
            new Env(
                Map.of(
                    "RAILWAY_API_TOKEN", sandbox.railwayToken(),
                    "GITHUB_TOKEN", sandbox.githubToken(),
                    "SIGNALBOX_RAILWAY_URL", sandbox.railwayUrl(),
                    "SIGNALBOX_GITHUB_URL", sandbox.githubUrl(),
                    "SIGNALBOX_SERVICE_SCHEME", "http")),
            directory);
    Wiring wiring = Wiring.start(config, connection, Wiring.Purpose.EVERYTHING);
    awaitWorker(environment);
    return wiring;
  }

  void awaitWorker(String environment) {
    await(
        () -> {
          try {
            return client.ledger(environment).isPresent();
          } catch (TroubleException notYet) {
            return false;
          }
        });
  }

  /** A release that lies ready in staging, so that no gate waits. */
  void release(String build) {
    releases++;
    Map<String, byte[]> files =
        Map.of(
            "backend/sandbox.toml",
            ("build = \""
                    + build
                    + "\"\nchecks = { python-ci = \"success\" }\nchecks_after = \"1ms\"\n# "
                    + releases)
                .getBytes(StandardCharsets.UTF_8));
    String revision = sandbox.pushRelease("staging", files, "Release " + releases);
    await(
        () ->
            sandbox.railway().settings().services().stream()
                .allMatch(
                    service ->
                        sandbox
                            .railway()
                            .active("staging", service.name())
                            .filter(active -> active.commit().equals(revision))
                            .isPresent()));
  }

  /** Asks until a worker answers: after a kill the first question may be the dead one's. */
  String promote(String environment) {
    String[] id = new String[1];
    await(
        () -> {
          try {
            RequestAnswer answer = client.promote(environment, null, "bench", "a measurement");
            id[0] = answer.id();
            if (id[0] == null) {
              throw new IllegalStateException(environment + ": " + answer.message());
            }
            return true;
          } catch (TroubleException notYet) {
            return false;
          }
        });
    return id[0];
  }

  PromotionResult end(String id) {
    PromotionResult result = temporal().newUntypedWorkflowStub(id).getResult(PromotionResult.class);
    if (result.result() != PromotionResult.Result.LIVE) {
      throw new IllegalStateException(id + " did not go live: " + result.detail());
    }
    return result;
  }

  List<Journal.Entry> calls(int since, String door) {
    return sandbox.journal().since(since).stream()
        .filter(entry -> entry.door().equals(door) && entry.status() != 304)
        .toList();
  }

  /** Nothing here takes longer than two minutes unless something is wrong. */
  static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("waited for two minutes in vain");
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  static double seconds(Instant since, Instant until) {
    return Duration.between(since, until).toNanos() / 1e9;
  }

  static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    connection.close();
    sandbox.close();
  }
}
