package dev.signalbox.activities.migration;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.migration.Finding;
import dev.signalbox.workflows.migration.SqlStatement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * SQL as PostgreSQL's own parser and squawk read it, in a Python environment of ours (pglast and
 * squawk-cli from PyPI, at fixed versions).
 */
final class SqlReader {
  private static final String SCRIPT = "sql_reader.py";
  private static final String REQUIREMENTS = "sql_reader.txt";
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = WireFormat.mapper();

  private final PythonEnvironment environments;

  SqlReader(PythonEnvironment environments) {
    this.environments = environments;
  }

  /** One text to read. */
  record Text(String id, String sql) {}

  private record Order(List<Text> texts, String pgVersion) {}

  /**
   * @param unparsed why the parser refused it; null = it did not
   * @param lintFailed why squawk said nothing; null = it was asked
   */
  record Reading(
      String id,
      List<SqlStatement> statements,
      List<Finding> findings,
      String unparsed,
      String lintFailed) {}

  /**
   * @param pgVersion of the server, as "15.0"; null = the newest that squawk knows
   * @return by id
   * @throws MigrationException a tool is missing or failed
   */
  Map<String, Reading> read(List<Text> texts, String pgVersion) {
    if (texts.isEmpty()) {
      return Map.of();
    }
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    Path python =
        environments.with("sql", List.of(requirements().split("\\s+")), requirements(), directory);
    String script =
        OwnScript.of(environments.cache(), SCRIPT, "sql_expressions.py").path().toString();
    try {
      PythonRun.End end =
          new PythonRun(List.of(python.toString(), script), directory, environments.variables())
              .await(JSON.writeValueAsString(new Order(texts, pgVersion)), LONGEST);
      if (end.exit() != 0) {
        throw failed(
            end.timedOut() ? "no answer after " + LONGEST.toSeconds() + " s" : end.lastWord());
      }
      Map<String, Reading> readings = new HashMap<>();
      for (String line : end.answers()) {
        Reading reading = JSON.readValue(line, Reading.class);
        readings.put(reading.id(), reading);
      }
      return readings;
    } catch (IOException broken) {
      throw failed(String.valueOf(broken.getMessage()));
    }
  }

  private static MigrationException failed(String answer) {
    return new MigrationException(
        Fault.TOOL,
        "Reading the SQL of the revisions",
        "pglast and squawk",
        answer,
        "Remove the directory signalbox/python in your cache directory, and try again.");
  }

  private static String requirements() {
    try (InputStream source = SqlReader.class.getResourceAsStream(REQUIREMENTS)) {
      return new String(source.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
