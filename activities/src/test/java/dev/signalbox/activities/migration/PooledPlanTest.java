package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pooler refuses what PGOPTIONS wants; and what is set for a session there, others get. */
class PooledPlanTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();
  private static final String WITH_DRIVER =
      "context.config.get_main_option('sqlalchemy.url').replace('postgresql:', 'postgresql+%s:')";

  /** Fails where the session itself was set to read-only transactions. */
  private static final String LOOK_AT_SESSION =
      "); connection.exec_driver_sql(\"select 1 / case current_setting('default_transaction_read_'"
          + " || 'only') when 'off' then 1 else 0 end\"";

  private static final String WRITE =
      "); connection.exec_driver_sql('create table too_early (id int)'";

  private final String database = POSTGRES.database();
  private final PoolerAtTheDoor pooler = PoolerAtTheDoor.of(database);

  @TempDir Path directory;

  PooledPlanTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    pooler.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"psycopg", "psycopg2", "pg8000"})
  void isReadTransactionByTransactionAndSaysWhatThatDoesNotPromise(String driver) {
    MigrationPlan plan = plan(driver, LOOK_AT_SESSION, "");

    assertThat(plan.revisions()).extracting(PlannedRevision::revision).containsExactly("r1");
    assertThat(plan.notes()).containsExactly(Pooler.NOTE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"psycopg", "pg8000"})
  void letsNoEnvPyWriteWhileItConnects(String driver) {
    assertThatThrownBy(() -> plan(driver, WRITE, ""))
        .hasMessageContaining("env.py writes while it only connects: create table too_early");
    assertThat(
            POSTGRES.query(database, "select count(*) from pg_class where relname = 'too_early'"))
        .isEqualTo("0");
  }

  @Test
  void isRefusedWhereTheAddressItselfHasOptions() {
    assertThatThrownBy(() -> plan("psycopg", "", "?options=-c%20lock_timeout%3D3s"))
        .isInstanceOfSatisfying(
            MigrationException.class,
            refused -> {
              assertThat(refused.fault()).isEqualTo(Fault.REFUSED);
              assertThat(refused.next()).contains("direct port in DATABASE_URL");
            });
  }

  @Test
  void isNotForASessionOfOurOwnThere() {
    assertThatThrownBy(
            () ->
                DatabaseSession.open(address("?options=-c%20lock_timeout%3D3s"), "signalbox-test"))
        .isInstanceOfSatisfying(
            MigrationException.class,
            refused -> {
              assertThat(refused.fault()).isEqualTo(Fault.REFUSED);
              assertThat(refused.next()).contains("direct port in DATABASE_URL");
            });
  }

  private MigrationPlan plan(String driver, String afterConnecting, String parameters) {
    Path project =
        SmallProject.empty()
            .sql("r1", "create table a (id int)")
            .connecting(WITH_DRIVER.formatted(driver), afterConnecting)
            .at(directory);
    return new AlembicTool(new PythonEnvironment(System.getenv()))
        .plan(
            new MigrationSource(project, null, List.of(POSTGRES.python().toString()), Map.of()),
            address(parameters));
  }

  private DatabaseAddress address(String parameters) {
    return new DatabaseAddress("DATABASE_URL", pooler.address(database) + parameters);
  }
}
