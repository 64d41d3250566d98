package dev.signalbox.activities.migration;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * One run of a program to its end: its order goes in as a line, its answers come out by lines, and
 * of what it says besides the end is kept. Nothing of it is left when the call returns.
 */
final class PythonRun {
  private static final Duration LAST_MOMENT = Duration.ofSeconds(10);

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
   * @throws CancellationException the worker shuts down, or nobody wants the answer any more
   */
  End await(String order, Duration longest) throws IOException {
    return await(order, longest, answer -> {});
  }

  /**
   * The same, told at once.
   *
   * @param heard is given each answer when it comes
   */
  End await(String order, Duration longest, Consumer<String> heard) throws IOException {
    LastLines said = new LastLines();
    List<String> answers = new ArrayList<>();
    long end = System.nanoTime() + longest.toNanos();
    try (ChildProgram program =
        new ChildProgram(command, directory, environment, said::add).listen()) {
      program.tell(order);
      while (!program.silent() && left(end).toMillis() > 0) {
        Optional<String> answer = program.answer(left(end));
        answer.ifPresent(answers::add);
        answer.ifPresent(heard);
      }
      boolean ended = program.silent() && program.ended(LAST_MOMENT);
      program.hearOut();
      return new End(ended ? program.exit() : -1, !ended, answers, said.lines());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted: " + command.get(0));
      cancelled.initCause(interrupted);
      throw cancelled;
    }
  }

  private static Duration left(long end) {
    return Duration.ofNanos(end - System.nanoTime());
  }
}
