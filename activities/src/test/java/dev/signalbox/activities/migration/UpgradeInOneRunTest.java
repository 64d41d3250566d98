package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd.Ran;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many revisions one run of env.py carries, and that nobody notices. */
class UpgradeInOneRunTest extends MigrationHouse {
  /** Counts its runs in the database, whatever becomes of them. */
  private static final String ENV =
      """
      from alembic import context
      from sqlalchemy import create_engine, pool

      engine = create_engine(context.config.get_main_option("sqlalchemy.url"), poolclass=pool.NullPool)
      with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as other:
          if other.exec_driver_sql("show transaction_read_only").scalar() == "off":
              other.exec_driver_sql("create sequence if not exists runs")
              other.exec_driver_sql("select nextval('runs')")
      with engine.@CONNECT@() as connection:
          context.configure(connection=connection)
          with context.begin_transaction():
              connection.exec_driver_sql("@FIRST@")
              context.run_migrations()
      """;

  private static final String SEEN =
      "op.execute(\"create table @ as select current_setting('lock_timeout') as held\")";

  private UpgradeEnd upgrade(String env, String... firstBody) {
    SmallProject project =
        SmallProject.empty()
            .file("env.py", env)
            .revision("r1", firstBody)
            .revision("r2", SEEN.replace("@", "second"))
            .revision("r3", SEEN.replace("@", "third"));
    return migrations.upgrade(order(pushed(project), List.of(), "r1", "r2", "r3"));
  }

  private static String env(String connect, String first) {
    return ENV.replace("@CONNECT@", connect).replace("@FIRST@", first);
  }

  private String runs() {
    return query("select last_value from runs");
  }

  private String held(String table) {
    return query("select held from " + table);
  }

  @Test
  void takesOneForAllRevisionsAndSaysEachAsItIsCommitted() {
    UpgradeEnd end = upgrade(env("connect", "select 1"), SEEN.replace("@", "first"));

    assertThat(end.failed()).isNull();
    assertThat(end.at()).containsExactly("r3");
    assertThat(end.ran()).extracting(Ran::revision).containsExactly("r1", "r2", "r3");
    assertThat(runs()).isEqualTo("1");
  }

  @Test
  void keepsWhatWasCommittedWhenALaterOneFails() {
    UpgradeEnd end =
        upgrade(env("connect", "select 1"), "op.execute('create table third (id int)')");

    assertThat(end.failed().revision()).isEqualTo("r3");
    assertThat(end.at()).containsExactly("r2");
    assertThat(end.ran()).extracting(Ran::revision).containsExactly("r1", "r2");
    assertThat(held("second")).isEqualTo("700ms");
    // And one to see where that left the database.
    assertThat(runs()).isEqualTo("2");
  }

  @Test
  void carriesNoSettingOfARevisionIntoTheNext() {
    UpgradeEnd end = upgrade(env("connect", "select 1"), "op.execute(\"set lock_timeout = '9s'\")");

    assertThat(end.failed()).isNull();
    assertThat(held("second")).isEqualTo("700ms");
    assertThat(held("third")).isEqualTo("700ms");
    assertThat(runs()).isEqualTo("2");
  }

  @Test
  void keepsWhatEnvPySetForItsTransactionWithEachRevision() {
    UpgradeEnd end =
        upgrade(env("connect", "set local lock_timeout = '8s'"), SEEN.replace("@", "first"));

    assertThat(end.failed()).isNull();
    assertThat(held("first")).isEqualTo("8s");
    assertThat(held("third")).isEqualTo("8s");
    assertThat(runs()).isEqualTo("3");
  }

  @Test
  void commitsEachRevisionAlsoWhereEnvPyHoldsATransactionAroundAll() {
    UpgradeEnd end = upgrade(env("begin", "select 1"), "op.execute('create table third (id int)')");

    assertThat(end.failed().revision()).isEqualTo("r3");
    assertThat(end.at()).containsExactly("r2");
    assertThat(query("select version_num from alembic_version")).isEqualTo("r2");
    assertThat(runs()).isEqualTo("4");
  }
}
