package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.pace.FastPace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every driver that SQLAlchemy knows for PostgreSQL gets our settings and keeps rows to itself. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class DriversTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();

  /** As Alembic's own template for an asynchronous driver has it. */
  private static final String ASYNCHRONOUS =
      """
      import asyncio, os
      from alembic import context
      from sqlalchemy import pool
      from sqlalchemy.ext.asyncio import create_async_engine

      def migrate(connection):
          context.configure(connection=connection)
          with context.begin_transaction():
              context.run_migrations()

      async def run():
          engine = create_async_engine(
              context.config.get_main_option("sqlalchemy.url").replace("postgresql:", "postgresql+asyncpg:"),
              poolclass=pool.NullPool)
          async with engine.connect() as connection:
              await connection.run_sync(migrate)
          await engine.dispose()

      asyncio.run(run())
      """;

  @TempDir Path directory;
  private final List<String> words = new ArrayList<>();

  private SmallProject project(String driver) {
    SmallProject project =
        SmallProject.empty()
            .connecting(
                "context.config.get_main_option(\"sqlalchemy.url\").replace('postgresql:',"
                    + " 'postgresql+"
                    + driver
                    + ":')",
                "");
    return driver.equals("asyncpg") ? project.file("env.py", ASYNCHRONOUS) : project;
  }

  private Upgraded upgrade(SmallProject project, String database, String... revisions) {
    CarefulUpgrade.Signs signs =
        new CarefulUpgrade.Signs() {
          @Override
          public void waiting(String said) {
            words.add(said);
          }

          @Override
          public void sending() {
            words.add("sending");
          }

          @Override
          public void underWay(String said) {
            words.add(said);
          }
        };
    return new CarefulUpgrade(
            new AlembicTool(new PythonEnvironment(System.getenv())), new FastPace(), signs)
        .run(
            new MigrationSource(
                project.at(directory), null, List.of(POSTGRES.python().toString()), Map.of()),
            new DatabaseAddress("DATABASE_URL", database),
            new RunMark("deploy/inspector"),
            List.of(),
            List.of(revisions),
            null,
            Duration.ofMillis(400),
            Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"psycopg", "psycopg2", "asyncpg", "pg8000"})
  void hasOurNameAndOurTimeOutsOnEveryConnection(String driver) {
    String database = POSTGRES.database();
    SmallProject project =
        project(driver)
            .revision(
                "r1",
                "op.execute('create table seen as select name, setting from pg_settings')",
                "op.execute(\"create table who as select application_name from pg_stat_activity"
                    + " where pid = pg_backend_pid()\")");

    Upgraded end = upgrade(project, database, "r1");

    assertThat(end.failure()).isNull();
    assertThat(
            POSTGRES.query(
                database,
                "select string_agg(name || '=' || setting, ' ' order by name) from seen where name"
                    + " in ('lock_timeout', 'statement_timeout',"
                    + " 'client_connection_check_interval', 'default_transaction_read_only')"))
        .isEqualTo(
            "client_connection_check_interval=1000 default_transaction_read_only=off"
                + " lock_timeout=400 statement_timeout=3000");
    assertThat(POSTGRES.query(database, "select application_name from who"))
        .isEqualTo("signalbox:deploy/inspector");
    assertThat(end.notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"psycopg", "asyncpg"})
  void waitsForNoLockLongerThanItMay(String driver) {
    requireFourAttempts(driver);
  }

  // Four processes each: that these have the time-out on their connections is shown above.
  @ParameterizedTest
  @ValueSource(strings = {"psycopg2", "pg8000"})
  @Tag("crash")
  void waitsForNoLockLongerThanItMayEither(String driver) {
    requireFourAttempts(driver);
  }

  private void requireFourAttempts(String driver) {
    String database = POSTGRES.database();
    POSTGRES.query(database, "create table held (id int)");
    SmallProject project = project(driver).sql("r1", "alter table held add column city text");
    try (DatabaseSession other =
        DatabaseSession.open(new DatabaseAddress("X", database), "somebody")) {
      other.run("begin");
      other.run("lock table held in access exclusive mode");

      Upgraded end = upgrade(project, database, "r1");

      assertThat(end.failure().sqlState()).isEqualTo("55P03");
      assertThat(end.failure().statement()).isEqualTo("alter table held add column city text");
      assertThat(end.at()).isEmpty();
      assertThat(words).contains("a lock was not to be had; attempt 3 of 4");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"psycopg", "psycopg2", "asyncpg", "pg8000"})
  void knowsThatEachStatementIsCommittedByItself(String driver) {
    String database = POSTGRES.database();
    POSTGRES.query(database, "create table held (id int)");
    SmallProject project =
        project(driver).sql("r1", "create table half (id int)", "alter table held add x int");
    SmallProject committing =
        driver.equals("asyncpg")
            ? project.file(
                "env.py",
                ASYNCHRONOUS.replace("poolclass", "isolation_level='AUTOCOMMIT', poolclass"))
            : project.connecting(
                "context.config.get_main_option(\"sqlalchemy.url\").replace('postgresql:',"
                    + " 'postgresql+"
                    + driver
                    + ":'), isolation_level='AUTOCOMMIT'",
                "");
    try (DatabaseSession other =
        DatabaseSession.open(new DatabaseAddress("X", database), "somebody")) {
      other.run("begin");
      other.run("lock table held in access exclusive mode");

      Upgraded end = upgrade(committing, database, "r1");

      assertThat(end.failure().sqlState()).isEqualTo("55P03");
      assertThat(end.failure().committed()).isTrue();
      assertThat(words).doesNotContain("a lock was not to be had; attempt 1 of 4");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"psycopg", "psycopg2", "asyncpg", "pg8000"})
  void showsNoRowOfWhatPostgresRefuses(String driver) {
    String database = POSTGRES.database();
    POSTGRES.query(database, "create table users (name text unique, age int)");
    SmallProject project =
        project(driver)
            .revision(
                "r1",
                "users = sa.table('users', sa.column('name', sa.String))",
                "op.bulk_insert(users, [{'name': 'canary'}, {'name': 'canary'}])");

    Upgraded end = upgrade(project, database, "r1");

    assertThat(end.failure().sqlState()).isEqualTo("23505");
    assertThat(end.failure().error()).contains("users_name_key");
    assertThat(end.failure().statement()).containsIgnoringCase("insert into users");
    assertThat(end.toString()).doesNotContain("canary");
    assertThat(words).noneMatch(word -> word.contains("canary"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"psycopg", "psycopg2", "asyncpg", "pg8000"})
  void quotesNoValueThatDoesNotFit(String driver) {
    String database = POSTGRES.database();
    POSTGRES.query(database, "create table users as select 'canary' as name");
    SmallProject project =
        project(driver).sql("r1", "alter table users alter column name type int using name::int");

    Upgraded end = upgrade(project, database, "r1");

    assertThat(end.failure().sqlState()).isEqualTo("22P02");
    assertThat(end.failure().error()).contains("invalid input syntax for type integer");
    assertThat(end.toString()).doesNotContain("canary");
  }
}
