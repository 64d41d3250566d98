package dev.signalbox.starter.e2e;

import dev.signalbox.sandbox.Journal;
import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.starter.engine.InProcessEngine;
import dev.signalbox.workers.Wiring;
import dev.signalbox.workers.config.Env;
import dev.signalbox.workers.config.WorkerConfig;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionStatus;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A whole installation in this process: sandbox, engine, worker, and the client that asks. */
final class House implements AutoCloseable {
  static final String PROJECT = "inspector";
  static final String PRODUCTION = "production";

  private final Sandbox sandbox;
  private final InProcessEngine engine;
  private final EngineConnection connection;
  private final Wiring worker;
  private final SignalboxClient client;

  private House(Path directory, SandboxSettings settings, UnaryOperator<String> configuration) {
    sandbox = Sandbox.start(settings);
    sandbox.write(directory);
    rewrite(directory.resolve("signalbox.toml"), configuration);
    engine = InProcessEngine.start();
    EngineAddress address = EngineAddress.local(engine.address(), "default", "a test");
    connection = EngineConnection.open(address);
    worker =
        Wiring.start(
            WorkerConfig.read(new Env(environment(directory)), directory),
            connection,
            Wiring.Purpose.EVERYTHING);
    client = new SignalboxClient(connection, PROJECT);
  }

  static House in(Path directory) {
    return in(directory, SandboxSettings.demo(), UnaryOperator.identity());
  }

  static House in(Path directory, UnaryOperator<String> configuration) {
    return in(directory, SandboxSettings.demo(), configuration);
  }

  static House in(Path directory, SandboxSettings settings, UnaryOperator<String> configuration) {
    return new House(directory, settings, configuration);
  }

  private static void rewrite(Path file, UnaryOperator<String> change) {
    try {
      Files.writeString(file, change.apply(Files.readString(file)));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  static Map<String, String> environment(Path directory) {
    Map<String, String> variables = new HashMap<>();
    try {
      for (String line : Files.readAllLines(directory.resolve("sandbox.env"))) {
        String[] parts = line.substring("export ".length()).split("=", 2);
        variables.put(parts[0], parts[1].replace("'", ""));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return variables;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  SignalboxClient client() {
    return client;
  }

  WorkflowClient temporal() {
    return connection.client();
  }

  /** Puts a commit on staging and waits until Railway has it live there. */
  String releaseOnStaging(Map<String, String> files) {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    files.forEach(
        (path, text) -> bytes.put(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    return sandbox.pushRelease("staging", bytes, "Release " + Instant.now());
  }

  String promote() {
    return client.promote(PRODUCTION, null, "bob", "a test").id();
  }

  PromotionStatus approve(String id) {
    PromotionStatus wanting = await(id, status -> !status.asks().isEmpty());
    client.decide(
        id,
        new DecideMessage(
            "approve",
            wanting.digest(),
            "ana",
            "looks good",
            null,
            null,
            "cli",
            UUID.randomUUID().toString(),
            null));
    return wanting;
  }

  PromotionResult end(String id) {
    return await(id, status -> status.result() != null).result();
  }

  PromotionStatus await(String id, Predicate<PromotionStatus> condition) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    PromotionStatus last = null;
    while (Instant.now().isBefore(deadline)) {
      last = client.status(id).orElse(null);
      if (last != null && condition.test(last)) {
        return last;
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new AssertionError("not within a minute; last seen: " + last);
  }

  /** What changed in production, from the journal. */
  List<Journal.Entry> effects(String operation) {
    return sandbox.journal().entries().stream()
        .filter(entry -> entry.changedState() && entry.operation().equals(operation))
        .toList();
  }

  @Override
  public void close() {
    worker.close();
    connection.close();
    engine.close();
    sandbox.close();
  }
}
