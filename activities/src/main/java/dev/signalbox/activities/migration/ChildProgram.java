package dev.signalbox.activities.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that runs beside us: lines go in, lines come out, and nothing of it is left when it is
 * closed. Its input stays open until then; when we die it ends, and a program of ours ends with it.
 */
final class ChildProgram implements AutoCloseable {
  private static final Duration LAST_LINES = Duration.ofSeconds(5);

  private final Process process;
  private final OutputStream input;
  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();
  private final Thread out;
  private final Thread err;
  private boolean silent;

  /**
   * @param environment all that it gets: nothing of ours is handed on
   * @param said is given each line of standard error, on a thread of its own
   * @throws IOException there is no such program
   */
  ChildProgram(
      List<String> command, Path directory, Map<String, String> environment, Consumer<String> said)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    process = builder.start();
    input = process.getOutputStream();
    // Both at once: a full pipe would stop the program.
    out = reading(process.getInputStream(), line -> answers.add(Optional.of(line)));
    err = reading(process.getErrorStream(), said);
  }

  private Thread reading(InputStream from, Consumer<String> line) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                for (String next = lines.readLine(); next != null; next = lines.readLine()) {
                  line.accept(next);
                }
              } catch (IOException closed) {
                // Its pipe closes with it.
              } finally {
                if (Thread.currentThread() == out) {
                  answers.add(Optional.empty());
                }
              }
            },
            "signalbox-child");
    reader.setDaemon(true);
    return reader;
  }

  /** Begins to listen; from then on nothing that it says is lost. */
  ChildProgram listen() {
    out.start();
    err.start();
    return this;
  }

  /** Says a line. Whether it is heard shows in what is answered. */
  void tell(String line) {
    try {
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException ended) {
      // It ended before it read: its exit says why.
    }
  }

  /** Ends its input: a program of ours stops what it does, and says how far it came. */
  void hangUp() {
    try {
      input.close();
    } catch (IOException ended) {
      // It is gone.
    }
  }

  /**
   * The next line that it answers; empty = none came in this time, or {@link #silent()}.
   *
   * @throws InterruptedException when the worker shuts down
   */
  Optional<String> answer(Duration patience) throws InterruptedException {
    if (silent) {
      return Optional.empty();
    }
    Optional<String> next = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null) {
      return Optional.empty();
    }
    silent = next.isEmpty();
    return next;
  }

  /** Whether it has closed its output, so that nothing more will come. */
  boolean silent() {
    return silent;
  }

  /** Whether it ended within this time. */
  boolean ended(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  int exit() {
    return process.exitValue();
  }

  /** Asks it and all that it started to end (SIGTERM). */
  void terminate() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  /** Waits for the rest of what it said. */
  void hearOut() throws InterruptedException {
    err.join(LAST_LINES.toMillis());
  }

  @Override
  public void close() {
    List<ProcessHandle> below = process.descendants().toList();
    hangUp();
    // Not by Process itself: that closes its pipes, and what is still in them would be lost.
    process.toHandle().destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }
}
