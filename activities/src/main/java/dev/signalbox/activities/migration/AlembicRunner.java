package dev.signalbox.activities.migration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts our file in a project's own Python, with the database's address in its environment. */
final class AlembicRunner {
  static final ObjectMapper JSON = WireFormat.mapper();

  private final ProjectPython python;
  private final OwnScript script;

  AlembicRunner(PythonEnvironment environments) {
    this.python = new ProjectPython(environments);
    this.script = OwnScript.alembic(environments.cache());
  }

  /** What the file reads first; times in milliseconds. See there. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Order(
      String directory,
      String urlVariable,
      String application,
      Long lockTimeout,
      Long statementTimeout,
      Long checkInterval,
      List<String> revisions,
      Lock lock,
      boolean rehearse,
      String downTo,
      boolean pooled,
      List<String> at) {

    /** The advisory lock without which no revision begins. */
    record Lock(int pid, long high, long low) {}

    /** Of a database that is asked where it stands. */
    Order(
        String directory,
        String urlVariable,
        String application,
        Long lockTimeout,
        Long statementTimeout,
        Long checkInterval,
        List<String> revisions,
        Lock lock,
        boolean rehearse,
        String downTo,
        boolean pooled) {
      this(
          directory,
          urlVariable,
          application,
          lockTimeout,
          statementTimeout,
          checkInterval,
          revisions,
          lock,
          rehearse,
          downTo,
          pooled,
          null);
    }

    /** The same without asking the database, of which this is on record. */
    Order unasked(List<String> recorded) {
      return new Order(
          directory,
          urlVariable,
          application,
          lockTimeout,
          statementTimeout,
          checkInterval,
          revisions,
          lock,
          rehearse,
          downTo,
          pooled,
          recorded);
    }

    String line() {
      Map<String, Object> order = new HashMap<>();
      order.put("directory", directory);
      order.put("url_variable", urlVariable);
      order.put("application", application);
      order.put("lock_timeout", lockTimeout);
      order.put("statement_timeout", statementTimeout);
      order.put("check_interval", checkInterval);
      order.put("revisions", revisions);
      order.put("lock", lock);
      order.put("rehearse", rehearse);
      order.put("down", downTo != null);
      order.put("to", downTo);
      order.put("pooled", pooled);
      order.put("databaseless", at != null);
      order.put("at", at);
      return json(order);
    }

    private static String json(Map<String, Object> order) {
      try {
        return JSON.writeValueAsString(order);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }

  /**
   * Makes the project's Python where that is ours to make.
   *
   * @throws MigrationException it cannot be made
   */
  void prepare(MigrationSource source) {
    python.of(source);
  }

  /**
   * The command that runs it.
   *
   * @throws MigrationException the project's Python cannot be made, or our file not be written
   */
  List<String> command(MigrationSource source, String todo) {
    List<String> command = new ArrayList<>(python.of(source));
    command.add(script.path().toString());
    command.add(todo);
    return command;
  }

  /** All that the project's code gets. */
  Map<String, String> environment(MigrationSource source, DatabaseAddress database) {
    return python.environment(source, database);
  }

  ChildProgram start(
      MigrationSource source, DatabaseAddress database, String todo, Consumer<String> said) {
    List<String> command = command(source, todo);
    try {
      return new ChildProgram(command, source.directory(), environment(source, database), said)
          .listen();
    } catch (IOException missing) {
      throw notStarted(command, missing);
    }
  }

  static MigrationException notStarted(List<String> command, IOException missing) {
    return new MigrationException(
        Fault.TOOL,
        "Starting the project's Python",
        String.join(" ", command.subList(0, command.size() - 2)),
        PythonEnvironment.withoutDirectory(missing),
        "Say how it is started: `python` under [migrations], or --python.");
  }

  static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an answer of our own file: " + line, impossible);
    }
  }
}
