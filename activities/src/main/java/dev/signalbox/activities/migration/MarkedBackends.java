package dev.signalbox.activities.migration;

import dev.signalbox.workflows.migration.MigrationActivities.SchemaStanding.Backend;
import dev.signalbox.workflows.release.Moments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;

/** The server processes that migrate a database for us, whoever started them. */
final class MarkedBackends {
  private static final int SHOWN = 120;

  private static final String MARKED =
      """
      from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name\
      """;

  private final DatabaseSession session;

  MarkedBackends(DatabaseSession session) {
    this.session = session;
  }

  /** Of any run. */
  List<Backend> all() {
    return session.rows(
        "select pid, state, xact_start, query " + MARKED + " like ? order by pid",
        MarkedBackends::backend,
        RunMark.PREFIX + "%");
  }

  List<Backend> of(RunMark run) {
    return session.rows(
        "select pid, state, xact_start, query " + MARKED + " = ? order by pid",
        MarkedBackends::backend,
        run.application());
  }

  /** Ends the statements that they run; what they have open then fails. */
  void cancel(RunMark run) {
    session.rows(
        "select pg_cancel_backend(pid) " + MARKED + " = ?",
        row -> row.getBoolean(1),
        run.application());
  }

  /** Ends them as a whole. */
  void terminate(RunMark run) {
    session.rows(
        "select pg_terminate_backend(pid) " + MARKED + " = ?",
        row -> row.getBoolean(1),
        run.application());
  }

  private static Backend backend(ResultSet row) throws SQLException {
    Timestamp since = row.getTimestamp("xact_start");
    return new Backend(
        row.getInt("pid"),
        row.getString("state"),
        since == null ? null : since.toInstant(),
        StatementText.shown(row.getString("query"), SHOWN));
  }

  /** In words, for people. */
  static String words(Backend backend) {
    return "process "
        + backend.pid()
        + (backend.state() == null ? "" : ", " + backend.state())
        + (backend.since() == null
            ? ""
            : ", in a transaction since " + Moments.text(backend.since()))
        + (backend.statement() == null || backend.statement().isEmpty()
            ? ""
            : ": " + backend.statement());
  }
}
