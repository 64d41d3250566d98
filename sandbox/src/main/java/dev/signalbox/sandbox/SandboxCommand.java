package dev.signalbox.sandbox;

import io.javalin.util.JavalinBindException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code signalbox sandbox}: runs a sandbox until it is told to stop. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description =
        "A Railway, a GitHub and a Slack on this machine; prints one line of JSON when ready.")
public final class SandboxCommand implements Callable<Integer> {
  private static final int LAST_PORT = 65_535;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "0",
      description = "port on 127.0.0.1; 0 picks one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--project",
      paramLabel = "FILE",
      description = "TOML: services, environments, branches, auto-deploy, plan, timings")
  private Path project;

  @Option(
      names = "--repository",
      paramLabel = "OWNER/NAME=PATH",
      description = "clone this repository with all branches; the original is never written")
  private String repository;

  @Option(
      names = "--write",
      paramLabel = "DIR",
      description = "put signalbox.toml and sandbox.env for this sandbox into DIR")
  private Path write;

  // As every command has them: its one line is JSON anyhow, and it never asks.
  @Option(names = "--output", hidden = true, description = "text or json: the same here")
  Output output;

  @Option(names = "--no-input", hidden = true, description = "it asks nothing")
  boolean noInput;

  enum Output {
    text,
    json
  }

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Sandbox sandbox = started();
    Thread closing =
        new Thread(
            () -> {
              sandbox.close();
              stopped.countDown();
            },
            "sandbox-close");
    Runtime.getRuntime().addShutdownHook(closing);
    if (write != null) {
      writeInto(sandbox);
    }
    spec.commandLine().getOut().println(sandbox.readyLine());
    spec.commandLine().getOut().flush();
    stopped.await();
    return 0;
  }

  private void writeInto(Sandbox sandbox) {
    try {
      sandbox.writeWithSlack(write);
    } catch (UncheckedIOException unwritable) {
      sandbox.close();
      throw new ParameterException(
          spec.commandLine(), "--write " + write + ": no files can be written there", unwritable);
    }
  }

  private Sandbox started() {
    if (port < 0 || port > LAST_PORT) {
      throw new ParameterException(
          spec.commandLine(), "--port " + port + ": allowed: 1 to " + LAST_PORT + ", or 0");
    }
    SandboxSettings settings = settings();
    try {
      return Sandbox.start(settings);
    } catch (JavalinBindException taken) {
      throw new ParameterException(
          spec.commandLine(), "--port " + port + " cannot be used: " + taken.getMessage(), taken);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }

  private SandboxSettings settings() {
    SandboxSettings settings = SandboxSettings.demo().withPort(port);
    try {
      if (repository != null) {
        settings = cloned(settings);
      }
      return project == null ? settings : ProjectFile.read(project, settings);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }

  private SandboxSettings cloned(SandboxSettings settings) {
    String[] parts = repository.split("=", 2);
    if (parts.length < 2 || !parts[0].matches("[^/\\s]+/[^/\\s]+")) {
      throw new IllegalArgumentException(
          "--repository is OWNER/NAME=PATH; found '" + repository + "'");
    }
    Path path = Path.of(parts[1]);
    if (!Files.isDirectory(path)) {
      throw new IllegalArgumentException("--repository: " + path + " is no directory");
    }
    return ClonedProject.of(parts[0], path, settings);
  }
}
