package dev.signalbox.activities.health;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Set;

/**
 * Stands beside a command and ends it, with all that it started, when the worker has died: a killed
 * worker can do that no more, and another one may never come, or on another machine.
 */
final class SmokeGuard implements AutoCloseable {
  /**
   * Its input ends with the worker, however that dies; a line on it is the word that all is well.
   * Each process is stopped before it is asked for its children, so that it starts no more.
   */
  private static final String SCRIPT =
      """
      trap '' INT HUP TERM
      end() {
        kill -STOP "$1" 2>/dev/null
        for child in $(cat /proc/"$1"/task/*/children 2>/dev/null || pgrep -P "$1"); do
          end "$child"
        done
        kill -KILL "$1" 2>/dev/null
      }
      read -r word || end "$1"
      """;

  private final Process process;

  private SmokeGuard(Process process) {
    this.process = process;
  }

  /**
   * @param handedOn the variables that it gets
   * @throws IOException there is no shell on this machine
   */
  static SmokeGuard over(Process command, Set<String> handedOn) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "/bin/sh", "-c", SCRIPT, "signalbox-smoke-guard", Long.toString(command.pid()))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.environment().keySet().retainAll(handedOn);
    return new SmokeGuard(builder.start());
  }

  @Override
  public void close() {
    try (var input = process.getOutputStream()) {
      input.write('\n');
    } catch (IOException goneAlready) {
      process.destroyForcibly();
    }
  }
}
