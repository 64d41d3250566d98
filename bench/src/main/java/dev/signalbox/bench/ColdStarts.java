package dev.signalbox.bench;

import dev.signalbox.starter.demo.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the start of the process to the first word of the command line, and to a ready worker. */
final class ColdStarts {
  private final Site site;
  private final int starts;

  ColdStarts(Site site, int starts) {
    this.site = site;
    this.starts = starts;
  }

  List<Result> measure(String environment) throws IOException, InterruptedException {
    List<Double> version = new ArrayList<>();
    List<Double> worker = new ArrayList<>();
    List<Double> status = new ArrayList<>();
    for (int n = 0; n < starts; n++) {
      version.add(command("--version"));
      Instant began = Instant.now();
      int before = readies();
      WorkerProcess process =
          WorkerProcess.start(site.directory(), site.engine().address(), site.sandbox());
      try {
        Site.await(() -> readies() > before);
        worker.add(Site.seconds(began, Instant.now()));
        site.awaitWorker(environment);
        status.add(command("status", environment));
      } finally {
        process.kill();
      }
    }
    String engine = site.engine().name();
    return List.of(
        Result.of("cold start of the command line, --version", null, "s", version),
        Result.of("cold start of the worker, until it polls", engine, "s", worker),
        Result.of("cold start of the command line, status answered", engine, "s", status));
  }

  private int readies() {
    Path log = site.directory().resolve(".signalbox").resolve("worker.out");
    return Site.text(log).split("is ready", -1).length;
  }

  /** With the flags of the launcher. */
  private double command(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.signalbox.starter.cli.SignalboxCli"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(site.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("SIGNALBOX_"));
    builder.environment().putAll(Map.of("TEMPORAL_ADDRESS", site.engine().address()));
    Instant began = Instant.now();
    int code = builder.start().waitFor();
    double seconds = Site.seconds(began, Instant.now());
    if (code != 0) {
      throw new IllegalStateException(command + " ended with exit code " + code);
    }
    return seconds;
  }
}
