package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.migration.RevisionClass;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A project that connects beside SQLAlchemy, or takes our settings back, writes nothing either. */
class ReadOnlyPlanTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();
  private static final String WRITES =
      """
          with %s.connect(os.environ['DATABASE_URL']) as own:
              own.cursor().execute('create table too_early (id int)')
      """;

  private final String database = POSTGRES.database();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"psycopg", "psycopg2"})
  void letsNoEnvPyWriteByAConnectionOfItsOwn(String driver) {
    assertThatThrownBy(() -> plan(writing(driver), database))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("env.py writes while it only connects")
        .hasMessageContaining("cannot execute CREATE TABLE in a read-only transaction");
    assertNothingWritten();
  }

  @Test
  void tellsDriversNotToWaitLongForAServerThatSaysNothing() {
    SmallProject project =
        SmallProject.empty()
            .sql("r1", "create table a (id int)")
            .connecting("int('waits ' + __import__('os').environ['PGCONNECT_TIMEOUT'])", "");

    assertThatThrownBy(() -> plan(project, database)).hasMessageContaining("waits 10");
  }

  @Test
  void holdsWhereTheAddressHasOptionsOfItsOwn() {
    assertThatThrownBy(
            () ->
                plan(
                    writing("psycopg2"),
                    database + "?options=-c%20lock_timeout%3D3s&sslmode=prefer"))
        .hasMessageContaining("cannot execute CREATE TABLE in a read-only transaction");
    assertNothingWritten();
  }

  @Test
  void letsNoRevisionWriteByAConnectionOfItsOwnWhileItIsRendered() {
    SmallProject project =
        SmallProject.empty()
            .revision(
                "r1",
                "import os, psycopg2",
                "with psycopg2.connect(os.environ['DATABASE_URL']) as own:",
                "    own.cursor().execute('create table too_early (id int)')");

    PlannedRevision revision = plan(project, database).revisions().get(0);

    assertThat(revision.kind()).isEqualTo(RevisionClass.UNKNOWN);
    assertThat(revision.reasons().get(0)).startsWith("it writes by a connection of its own");
    assertNothingWritten();
  }

  @ParameterizedTest
  @ValueSource(strings = {"psycopg", "pg8000"})
  void letsNobodyWriteAfterSettingsWereTakenBack(String driver) {
    SmallProject project =
        SmallProject.empty()
            .sql("r1", "create table a (id int)")
            .connecting(
                "context.config.get_main_option('sqlalchemy.url').replace('postgresql:',"
                    + " 'postgresql+"
                    + driver
                    + ":')",
                "); connection.exec_driver_sql('RESET ALL'); connection.commit();"
                    + " connection.exec_driver_sql('create table too_early (id int)');"
                    + " connection.commit(");

    assertThatThrownBy(() -> plan(project, database))
        .hasMessageContaining("env.py writes while it only connects");
    assertNothingWritten();
  }

  private static SmallProject writing(String driver) {
    return SmallProject.empty()
        .sql("r1", "create table a (id int)")
        .connecting("__import__('own').url(context)", "")
        .file(
            "own.py",
            "import os\nimport "
                + driver
                + "\n\n\ndef url(context):\n"
                + WRITES.formatted(driver)
                + "    return context.config.get_main_option('sqlalchemy.url')\n");
  }

  private void assertNothingWritten() {
    assertThat(
            POSTGRES.query(database, "select count(*) from pg_class where relname = 'too_early'"))
        .isEqualTo("0");
  }

  private MigrationPlan plan(SmallProject project, String address) {
    return new AlembicTool(new PythonEnvironment(System.getenv()))
        .plan(
            new MigrationSource(
                project.at(directory), null, List.of(POSTGRES.python().toString()), Map.of()),
            new DatabaseAddress("DATABASE_URL", address));
  }
}
