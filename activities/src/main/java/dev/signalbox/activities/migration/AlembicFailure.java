package dev.signalbox.activities.migration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.Excerpt;
import java.util.List;
import java.util.Locale;

/** Turns what Alembic, SQLAlchemy, a driver or PostgreSQL said into a sentence that helps. */
final class AlembicFailure {
  private static final int LONGEST = 300;

  /** As psycopg, psycopg2, asyncpg and pg8000 put it (facts: connection errors). */
  private static final List<String> NOT_THERE =
      List.of(
          "connection refused",
          "could not connect",
          "failed to resolve",
          "could not translate",
          "name or service not known",
          "timeout expired",
          "timed out",
          "no route to host",
          "network is unreachable",
          "can't create a connection",
          "is the server running",
          "multiple exceptions: [errno 111]",
          "connect call failed");

  /** libpq's second line, which answers nothing. */
  private static final String LIBPQ_ASKS = " Is the server running [^?]*\\?";

  private final MigrationSource source;
  private final DatabaseAddress database;
  private final HiddenValues hidden;

  AlembicFailure(MigrationSource source, DatabaseAddress database) {
    this.source = source;
    this.database = database;
    this.hidden = new HiddenValues(database, source.environment());
  }

  MigrationException of(JsonNode failed) {
    String code = failed.path("code").asText();
    String message = line(failed.path("message").asText());
    if (code.equals("writes-early")) {
      return writesEarly(message);
    }
    if (code.equals("elsewhere")) {
      return new MigrationException(
          Fault.PROJECT,
          "Asking the database where it stands",
          database.toString(),
          message,
          "Let env.py take the address from sqlalchemy.url or from "
              + database.variable()
              + ", and name a direct port, not a pooler's.");
    }
    if (code.equals("pooled")) {
      return pooler(message);
    }
    if (code.equals("ended")) {
      return ended("env.py was run, and " + message);
    }
    if (!code.equals("raised")) {
      return project(message);
    }
    String kind = failed.path("class").asText();
    String state = failed.path("sqlstate").asText("");
    String lower = message.toLowerCase(Locale.ROOT);
    if (NOT_THERE.stream().anyMatch(lower::contains)) {
      return new DatabaseFailure(database).unreachable("Connecting to the database", message);
    }
    if (state.equals("25006") || lower.contains("read-only transaction")) {
      return writesEarly(line(failed.path("statement").asText(message)));
    }
    if (state.equals("55P03")) {
      return new MigrationException(
          Fault.UNREACHABLE,
          "Asking the database where it stands",
          database.toString(),
          message,
          "Somebody holds a lock there: see pg_stat_activity.");
    }
    if (Pooler.refuses(lower)) {
      return pooler(message);
    }
    if (isRefusal(lower)) {
      return new MigrationException(
          Fault.REFUSED,
          "Connecting to the database",
          database.toString(),
          message,
          "Correct the address in " + database.variable() + ".");
    }
    return project(kind + ": " + message);
  }

  private MigrationException pooler(String message) {
    return new MigrationException(
        Fault.REFUSED,
        "Connecting to the database",
        database.toString(),
        message,
        Pooler.directPort(database.variable()));
  }

  private MigrationException writesEarly(String statement) {
    return new MigrationException(
        Fault.PROJECT,
        "Asking the database where it stands",
        database.toString(),
        "env.py writes while it only connects: " + statement,
        "A plan reads only. Let env.py write when migrations run, and not before.");
  }

  /** What was said of a revision that failed, in one line. */
  String sentence(JsonNode failed) {
    return line(failed.path("message").asText());
  }

  MigrationException of(PythonRun.End end) {
    if (end.timedOut()) {
      return new MigrationException(
          Fault.PROJECT,
          "Running the project's Alembic",
          source.directory().toString(),
          "no answer in time; " + lastWords(end),
          "Something waits that env.py, or what it imports, has begun: a person's answer, a"
              + " network, a lock. See that `alembic current` ends by itself there.");
    }
    if (end.exit() == 0 || end.lastWord().isBlank()) {
      return ended("exit code " + end.exit() + " before there was an answer; " + lastWords(end));
    }
    return project("exit code " + end.exit() + ": " + line(end.lastWord()));
  }

  private String lastWords(PythonRun.End end) {
    return end.lastWord().isBlank()
        ? "it printed nothing"
        : "its last words: " + line(end.lastWord());
  }

  /**
   * Fewer revisions were described than Alembic's script directory says are pending: what came is
   * no plan.
   */
  MigrationException fewer(List<String> pending, List<String> came) {
    return ended(
        "of the "
            + pending.size()
            + " pending revisions ("
            + line(String.join(", ", pending))
            + ") "
            + (came.isEmpty() ? "none" : "only " + line(String.join(", ", came)))
            + " came before the program ended");
  }

  private MigrationException ended(String answer) {
    return new MigrationException(
        Fault.PROJECT,
        "Running the project's Alembic",
        source.directory().toString(),
        answer,
        "Let neither env.py (also where context.is_offline_mode()) nor a revision end the program"
            + " (sys.exit, os._exit), and see that the program named for Python is one.");
  }

  private static boolean isRefusal(String message) {
    return message.contains("password authentication failed")
        || message.contains("no password supplied")
        || message.contains("does not support ssl")
        || message.contains("no pg_hba.conf entry")
        || message.matches("(?s).*(database|role) \"[^\"]*\" does not exist.*");
  }

  private MigrationException project(String answer) {
    return new MigrationException(
        Fault.PROJECT,
        "Running the project's Alembic",
        source.directory().toString(),
        answer,
        "It runs in the project's own Python, in that directory, with "
            + database.variable()
            + " set: see that `alembic current` works so.");
  }

  private String line(String text) {
    return Excerpt.of(
        hidden.in(text).replaceAll("\\s+", " ").replaceAll(LIBPQ_ASKS, "").strip(), LONGEST);
  }
}
