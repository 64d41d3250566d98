package dev.signalbox.activities.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program: its order goes in by standard input, its answers come out by lines, and of
 * what it says besides the end is kept. Nothing of it is left when the call returns.
 */
final class PythonRun {
  private static final int MOST_LINES = 60;

  private final List<String> command;
  private final Path directory;
  private final Map<String, String> environment;

  /**
   * @param environment all that it gets: nothing of ours is handed on
   */
  PythonRun(List<String> command, Path directory, Map<String, String> environment) {
    this.command = List.copyOf(command);
    this.directory = directory;
    this.environment = Map.copyOf(environment);
  }

  /**
   * @param answers lines of standard output
   * @param said the last lines of standard error
   */
  record End(int exit, boolean timedOut, List<String> answers, List<String> said) {
    /** The last thing that it said; empty when it said nothing. */
    String lastWord() {
      return said.isEmpty() ? "" : said.get(said.size() - 1);
    }
  }

  /**
   * @throws IOException there is no such program
   */
  End await(String order, Duration longest) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      List<String> answers = new ArrayList<>();
      Deque<String> said = new ArrayDeque<>();
      // Both at once: a full pipe would stop the program.
      Thread out = reading(process.getInputStream(), answers::add);
      Thread err = reading(process.getErrorStream(), line -> keep(said, line));
      give(order, process.getOutputStream());
      boolean ended = process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        kill(process);
      }
      out.join();
      err.join();
      return new End(ended ? process.exitValue() : -1, !ended, answers, List.copyOf(said));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } finally {
      kill(process);
    }
  }

  private static void give(String order, OutputStream in) {
    try (in) {
      in.write(order.getBytes(StandardCharsets.UTF_8));
    } catch (IOException ended) {
      // It ended before it read: its exit says why.
    }
  }

  private interface Line {
    void take(String line);
  }

  private static Thread reading(InputStream from, Line line) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                for (String next = lines.readLine(); next != null; next = lines.readLine()) {
                  line.take(next);
                }
              } catch (IOException closed) {
                // Its pipe closes with it.
              }
            },
            "signalbox-python");
    reader.setDaemon(true);
    reader.start();
    return reader;
  }

  private static void keep(Deque<String> said, String line) {
    if (line.isBlank()) {
      return;
    }
    said.addLast(line);
    if (said.size() > MOST_LINES) {
      said.removeFirst();
    }
  }

  private static void kill(Process process) {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }
}
