package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One run of a program of PostgreSQL's. Where the database is, and its password, go by environment:
 * other users of the machine see arguments. Nothing of it is left when this is closed.
 */
final class PostgresRun implements AutoCloseable {
  /** What a program needs to find itself; of ours nothing else is handed on. */
  private static final Set<String> HANDED_ON =
      Set.of("PATH", "HOME", "USER", "TMPDIR", "LD_LIBRARY_PATH");

  private static final int MOST_LINES = 200;

  private final String tried;
  private final DatabaseAddress database;
  private final Process process;
  private final Stop.AutoCut cut;
  private final Stop stop;
  private final Thread reader;
  private final List<String> said = new ArrayList<>();

  private PostgresRun(String tried, DatabaseAddress database, Process process, Stop stop) {
    this.tried = tried;
    this.database = database;
    this.process = process;
    this.stop = stop;
    this.reader = new Thread(this::read, "signalbox-postgres");
    reader.setDaemon(true);
    reader.start();
    this.cut = stop.during(this::kill);
  }

  /**
   * Starts it.
   *
   * @param tried in words, for messages
   * @param programs that it is one of, for this server
   * @param variables of the worker, of which it gets what it needs to find itself
   * @throws MigrationException {@code TOOL}: it does not start
   */
  static PostgresRun start(
      String tried,
      Path program,
      List<String> options,
      DatabaseAddress database,
      PostgresPrograms programs,
      Map<String, String> variables,
      Stop stop) {
    stop.requireGoing();
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(options);
    try {
      Process process = builder(command, variables, own(database, programs)).start();
      return new PostgresRun(tried, database, process, stop);
    } catch (IOException missing) {
      throw new MigrationException(
          Fault.TOOL,
          tried,
          program.toString(),
          String.valueOf(missing.getMessage()),
          "Install the PostgreSQL client on the worker's machine.");
    }
  }

  /** A server that is told to looks whether its client is still there; else it works for nobody. */
  private static Map<String, String> own(DatabaseAddress database, PostgresPrograms programs) {
    Map<String, String> own = new HashMap<>(database.environment());
    if (programs.noticesLostClients()) {
      own.merge("PGOPTIONS", "-c client_connection_check_interval=2s", (a, b) -> a + " " + b);
    }
    return own;
  }

  static ProcessBuilder builder(
      List<String> command, Map<String, String> variables, Map<String, String> own) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = new HashMap<>(variables);
    environment.keySet().retainAll(HANDED_ON);
    environment.putAll(own);
    // Its messages are read.
    environment.put("LC_ALL", "C");
    environment.put("PGAPPNAME", "signalbox-backup");
    environment.put("PGCONNECT_TIMEOUT", "10");
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  InputStream output() {
    return process.getInputStream();
  }

  OutputStream input() {
    return process.getOutputStream();
  }

  /**
   * Waits for its end.
   *
   * @throws MigrationException what it said, as one sentence, where it did not end well
   */
  void end() {
    List<String> all = said();
    if (process.exitValue() != 0) {
      throw new ProgramFailure(tried, database).of(all, process.exitValue());
    }
  }

  /** Waits for its end and answers what it said, whether it was well or not. */
  List<String> said() {
    try {
      process.waitFor();
      reader.join();
    } catch (InterruptedException calledOff) {
      // Not handed on by the thread's flag: what is cleaned up now must not be cut short by it.
      stop.now();
    }
    stop.requireGoing();
    synchronized (said) {
      return List.copyOf(said);
    }
  }

  boolean endedWell() {
    return process.exitValue() == 0;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (said) {
          // The first error is the cause, the rest follows from it.
          if (said.size() < MOST_LINES) {
            said.add(line);
          }
        }
      }
    } catch (IOException closed) {
      // Its pipe closes with it.
    }
  }

  private void kill() {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    cut.close();
    kill();
  }
}
