package dev.signalbox.activities.health;

import dev.signalbox.activities.http.ForeignText;
import dev.signalbox.workflows.Excerpt;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A command of the user's own, run with nothing of ours: no variable that the worker was given, and
 * nothing of it left when it has ended, whether by itself or by {@link #close}.
 */
final class SmokeProcess implements AutoCloseable {
  /** What a program needs to find itself and its tools; everything else stays with the worker. */
  private static final Set<String> HANDED_ON =
      Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TERM");

  private static final int MOST_LINES = 40;
  private static final int LONGEST_LINE = 300;

  /**
   * For what is still in the pipe when all have ended. A busy machine needs seconds for it; only
   * one that was started so that nobody can see it keeps the pipe open for longer.
   */
  private static final Duration LONGEST_REST = Duration.ofSeconds(10);

  private static final int LONGEST_READ = 8_000;

  private final Process process;
  private final SmokeGuard guard;
  private final Thread reader;
  private final Deque<String> tail = new ArrayDeque<>();
  private final Map<Long, ProcessHandle> family = new LinkedHashMap<>();

  /**
   * @throws IOException there is no such program, or it may not be run
   */
  SmokeProcess(List<String> command, Path directory) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().keySet().retainAll(HANDED_ON);
    builder.redirectInput(ProcessBuilder.Redirect.from(nothing()));
    process = builder.start();
    guard = guarded();
    reader = new Thread(this::read, "signalbox-smoke");
    reader.setDaemon(true);
    reader.start();
  }

  private SmokeGuard guarded() throws IOException {
    try {
      return SmokeGuard.over(process, HANDED_ON);
    } catch (IOException unguarded) {
      process.destroyForcibly();
      throw unguarded;
    }
  }

  private static File nothing() {
    return Path.of("/dev/null").toFile();
  }

  /** Where another worker finds it, should this one die. */
  record Trace(long pid, Instant startedAt) {}

  Trace trace() {
    return new Trace(process.pid(), process.info().startInstant().orElse(null));
  }

  /** Ends what a dead worker of this machine has left running; harmless when there is nothing. */
  static void end(Trace trace) {
    ProcessHandle.of(trace.pid())
        .filter(left -> trace.startedAt() != null)
        .filter(left -> left.info().startInstant().equals(Optional.of(trace.startedAt())))
        .ifPresent(
            left -> {
              List<ProcessHandle> below = left.descendants().toList();
              left.destroyForcibly();
              below.forEach(ProcessHandle::destroyForcibly);
            });
  }

  /** Whether it has ended by itself within this time. */
  boolean endedWithin(long milliseconds) throws InterruptedException {
    notice();
    return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
  }

  int exitCode() {
    return process.exitValue();
  }

  /** The last lines of what it wrote, oldest first, without what looks like a secret. */
  List<String> tail() {
    synchronized (tail) {
      return List.copyOf(tail);
    }
  }

  // Children whose parent has ended belong to nobody that could be asked for them later.
  private void notice() {
    process.descendants().forEach(child -> family.putIfAbsent(child.pid(), child));
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int sign = lines.read(); sign >= 0; sign = lines.read()) {
        if (sign == '\n') {
          keep(line.toString());
          line.setLength(0);
        } else if (line.length() < LONGEST_READ) {
          line.append((char) sign);
        }
      }
      keep(line.toString());
    } catch (IOException ended) {
      // Its pipe closes with it.
    }
  }

  private void keep(String line) {
    String clean = ForeignText.ofLog(line);
    if (clean.isEmpty()) {
      return;
    }
    synchronized (tail) {
      tail.addLast(Excerpt.begin(clean, LONGEST_LINE));
      if (tail.size() > MOST_LINES) {
        tail.removeFirst();
      }
    }
  }

  @Override
  public void close() {
    killAll();
    guard.close();
  }

  /** The command and all that it started; then what they wrote is read to its end. */
  void killAll() {
    notice();
    // Not by Process itself: that closes the pipe too, and what is still in it would be lost.
    process.toHandle().destroyForcibly();
    family.values().forEach(ProcessHandle::destroyForcibly);
    try {
      reader.join(LONGEST_REST.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
