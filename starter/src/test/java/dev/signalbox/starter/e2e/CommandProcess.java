package dev.signalbox.starter.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line as a process of its own, as a shell starts it: it can be interrupted. */
final class CommandProcess {
  /** Who is started in the background ignores interrupts, and so would what it starts. */
  private static final String WITH_INTERRUPTS =
      "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL);"
          + " os.execv(sys.argv[1], sys.argv[1:])";

  private final Process process;
  private final Path out;
  private final Path err;

  private CommandProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * @param variables all that it has beside those of this process that are not ours
   */
  static CommandProcess start(Path directory, Map<String, String> variables, String arguments) {
    try {
      Path out = Files.createTempFile(directory, "command", ".out");
      Path err = Files.createTempFile(directory, "command", ".err");
      List<String> command =
          new ArrayList<>(
              List.of(
                  "python3",
                  "-c",
                  WITH_INTERRUPTS,
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path").replace(File.pathSeparator + "null", ""),
                  "dev.signalbox.starter.cli.SignalboxCli"));
      command.addAll(List.of(arguments.split(" ")));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.startsWith("SIGNALBOX_") || name.startsWith("TEMPORAL_"));
      builder.environment().putAll(variables);
      return new CommandProcess(builder.start(), out, err);
    } catch (IOException unstartable) {
      throw new UncheckedIOException(unstartable);
    }
  }

  /** Waits until it has printed this. */
  CommandProcess awaitText(String text) {
    Eventually.that(() -> text + " in " + said(), () -> said().contains(text));
    return this;
  }

  /** SIGINT, as Ctrl-C sends it. */
  CommandProcess interrupt() {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    } catch (IOException unstartable) {
      throw new UncheckedIOException(unstartable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
    return this;
  }

  /** Its exit code, when it has ended. */
  int end() {
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + said());
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  String out() {
    return read(out);
  }

  String said() {
    return read(out) + read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
