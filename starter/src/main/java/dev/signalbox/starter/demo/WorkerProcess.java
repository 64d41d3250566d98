package dev.signalbox.starter.demo;

import dev.signalbox.sandbox.Sandbox;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code signalbox worker} as a process of its own, so that it can die like one. */
public final class WorkerProcess {
  private final Process process;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one; it answers some seconds later.
   *
   * @param directory with the configuration that {@link Sandbox#write} left
   * @param engine {@code host:port}
   */
  public static WorkerProcess start(Path directory, String engine, Sandbox sandbox) {
    return start(directory, engine, sandbox, Map.of());
  }

  /**
   * As above.
   *
   * @param more variables of its environment
   */
  public static WorkerProcess start(
      Path directory, String engine, Sandbox sandbox, Map<String, String> more) {
    Path log = directory.resolve(".signalbox").resolve("worker.out");
    try {
      Files.createDirectories(log.getParent());
    } catch (IOException unwritable) {
      throw new UncheckedIOException("making the worker's directory", unwritable);
    }
    ProcessBuilder builder =
        new ProcessBuilder(command())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .removeIf(name -> name.startsWith("SIGNALBOX_") || name.startsWith("TEMPORAL_"));
    environment.put("TEMPORAL_ADDRESS", engine);
    environment.put("RAILWAY_API_TOKEN", sandbox.railwayToken());
    environment.put("GITHUB_TOKEN", sandbox.githubToken());
    environment.put("SIGNALBOX_RAILWAY_URL", sandbox.railwayUrl());
    environment.put("SIGNALBOX_GITHUB_URL", sandbox.githubUrl());
    environment.put("SIGNALBOX_SERVICE_SCHEME", "http");
    environment.putAll(more);
    try {
      Process process = builder.start();
      // Whoever starts it may be interrupted alone: it must not go on without its engine.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new WorkerProcess(process, log);
    } catch (IOException unstartable) {
      throw new UncheckedIOException("starting the worker", unstartable);
    }
  }

  // The same JVM, class path and flags as ours: what runs here runs there.
  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("-XX:") || argument.startsWith("--"))
            .toList());
    command.add("-cp");
    command.add(System.getProperty("java.class.path").replace(File.pathSeparator + "null", ""));
    command.add("dev.signalbox.starter.cli.SignalboxCli");
    command.add("worker");
    // A SIGKILL of ours runs no shutdown hook.
    command.add("--ends-with");
    command.add(String.valueOf(ProcessHandle.current().pid()));
    return command;
  }

  public long pid() {
    return process.pid();
  }

  public Path log() {
    return log;
  }

  /** Complete when it has ended, however it did. */
  public CompletableFuture<Integer> exitCode() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Throws when it has ended by itself. */
  public void requireAlive(RuntimeException otherwise) {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "the worker ended with exit code " + process.exitValue() + "; its log: " + log,
          otherwise);
    }
  }

  /** SIGKILL, and gone when this returns. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
