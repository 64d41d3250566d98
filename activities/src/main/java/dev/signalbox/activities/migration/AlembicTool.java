package dev.signalbox.activities.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.migration.CodeCall;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.State;
import dev.signalbox.workflows.migration.RevisionFacts;
import dev.signalbox.workflows.migration.RevisionJudge;
import dev.signalbox.workflows.migration.SqlStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The project's own Alembic, in the project's own Python. */
public final class AlembicTool implements MigrationTool {
  private static final String SCRIPT = "alembic_runner.py";
  private static final Duration LONGEST_DESCRIPTION = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = WireFormat.mapper();

  private final ProjectPython python;
  private final SqlReader reader;
  private final PythonEnvironment environments;

  public AlembicTool(PythonEnvironment environments) {
    this.environments = environments;
    this.python = new ProjectPython(environments);
    this.reader = new SqlReader(environments);
  }

  @Override
  public MigrationPlan plan(MigrationSource source, DatabaseAddress database) {
    if (!Files.exists(source.directory().resolve("alembic.ini"))) {
      return new MigrationPlan(
          State.NO_ALEMBIC,
          List.of(),
          List.of(),
          List.of(),
          List.of("there is no alembic.ini in " + source.directory()));
    }
    Description description = describe(source, database);
    Map<String, SqlReader.Reading> readings = read(description);
    RevisionJudge judge = new RevisionJudge(Set.copyOf(description.standing().uniqueIndexes()));
    List<MigrationPlan.PlannedRevision> planned = new ArrayList<>();
    for (Revision revision : description.revisions()) {
      RevisionFacts facts = revision.facts(readings);
      planned.add(MigrationPlan.PlannedRevision.of(facts, judge.judge(facts)));
    }
    return new MigrationPlan(
        description.standing().state(),
        description.standing().database(),
        description.standing().heads(),
        planned,
        notes(description, readings));
  }

  private static List<String> notes(
      Description description, Map<String, SqlReader.Reading> readings) {
    Set<String> notes = new TreeSet<>();
    if (description.standing().problem() != null) {
      notes.add("Alembic cannot say what is pending: " + description.standing().problem());
    }
    readings.values().stream()
        .map(SqlReader.Reading::lintFailed)
        .filter(failed -> failed != null)
        .forEach(failed -> notes.add("no findings: " + failed));
    return List.copyOf(notes);
  }

  // ---- what the project says

  private record Order(String directory, String urlVariable, String application) {
    Map<String, Object> json() {
      Map<String, Object> order = new LinkedHashMap<>();
      order.put("directory", directory);
      order.put("url_variable", urlVariable);
      order.put("application", application);
      return order;
    }
  }

  /** Where code and database stand. */
  private record Standing(
      List<String> heads,
      List<String> database,
      List<String> unknown,
      List<String> uniqueIndexes,
      List<String> pending,
      String serverVersion,
      String problem) {

    State state() {
      if (!unknown.isEmpty()) {
        return unknown.containsAll(database) ? State.UNKNOWN_REVISION : State.DIVERGED;
      }
      if (heads.size() > 1) {
        return State.MULTIPLE_HEADS;
      }
      if (problem != null) {
        return State.DIVERGED;
      }
      return pending.isEmpty() ? State.CURRENT : State.BEHIND;
    }

    /** As squawk wants it; null = not known. */
    String pgVersion() {
      return serverVersion == null ? null : serverVersion.replaceFirst("^(\\d+).*", "$1.0");
    }
  }

  private record Revision(
      String revision,
      List<String> downRevisions,
      String message,
      String author,
      String file,
      String hash,
      List<CodeCall> operations,
      boolean offlineBranches,
      boolean reversible,
      String sql,
      String sqlUnavailable) {

    /** What there is to read by the parser: its SQL, or the SQL that stands in its code. */
    String readable() {
      if (sql != null && !sql.isBlank()) {
        return sql;
      }
      StringBuilder literal = new StringBuilder();
      for (CodeCall call : operations) {
        String text = call.literalSql();
        if (text != null) {
          literal.append(text.strip().replaceAll(";$", "")).append(";\n");
        }
      }
      return literal.isEmpty() ? null : literal.toString();
    }

    RevisionFacts facts(Map<String, SqlReader.Reading> readings) {
      SqlReader.Reading reading = readings.get(revision);
      List<SqlStatement> statements = reading == null ? List.of() : reading.statements();
      return new RevisionFacts(
          revision,
          downRevisions,
          message,
          author,
          file,
          hash,
          operations,
          offlineBranches,
          reversible,
          sql,
          sqlUnavailable,
          statements,
          reading == null ? null : reading.unparsed(),
          reading == null ? List.of() : reading.findings());
    }
  }

  private record Description(Standing standing, List<Revision> revisions) {}

  private Description describe(MigrationSource source, DatabaseAddress database) {
    List<String> command = new ArrayList<>(python.of(source));
    try (OwnScript script = OwnScript.of(SCRIPT)) {
      command.add(script.path().toString());
      command.add("describe");
      Order order = new Order(source.directory().toString(), database.variable(), "signalbox plan");
      PythonRun.End end =
          new PythonRun(command, source.directory(), environment(source, database))
              .await(JSON.writeValueAsString(order.json()), LONGEST_DESCRIPTION);
      return description(source, database, end);
    } catch (IOException missing) {
      throw new MigrationException(
          Fault.TOOL,
          "Starting the project's Python",
          String.join(" ", command.subList(0, command.size() - 2)),
          String.valueOf(missing.getMessage()),
          "Say how it is started: `python` under [migrations], or --python.");
    }
  }

  private Map<String, String> environment(MigrationSource source, DatabaseAddress database) {
    Map<String, String> all = new HashMap<>(environments.variables());
    all.putAll(source.environment());
    all.put(database.variable(), database.value());
    all.put("PYTHONDONTWRITEBYTECODE", "1");
    return all;
  }

  private static Description description(
      MigrationSource source, DatabaseAddress database, PythonRun.End end)
      throws JsonProcessingException {
    Standing standing = null;
    List<Revision> revisions = new ArrayList<>();
    for (String line : end.answers()) {
      JsonNode answer = JSON.readTree(line);
      if (answer.has("failed")) {
        throw new AlembicFailure(source, database).of(answer.get("failed"));
      }
      if (answer.has("revision")) {
        revisions.add(JSON.treeToValue(answer.get("revision"), Revision.class));
      } else {
        standing = JSON.treeToValue(answer, Standing.class);
      }
    }
    if (end.exit() != 0 || standing == null) {
      throw new AlembicFailure(source, database).of(end);
    }
    return new Description(standing, revisions);
  }

  private Map<String, SqlReader.Reading> read(Description description) {
    List<SqlReader.Text> texts = new ArrayList<>();
    for (Revision revision : description.revisions()) {
      String readable = revision.readable();
      if (readable != null) {
        texts.add(new SqlReader.Text(revision.revision(), readable));
      }
    }
    return reader.read(texts, description.standing().pgVersion());
  }
}
