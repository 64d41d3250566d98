package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.backup.Stop;
import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.BackupActivities.ExpectedSchema;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal.Rehearsed;
import dev.signalbox.workflows.migration.MigrationActivities.RehearsalOrder;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(1)
class RehearsalTest extends MigrationHouse {
  private static SmallProject after(String id, String... body) {
    return SmallProject.empty()
        .sql("r1", "create table users (id int primary key, name text)")
        .revision(id, body);
  }

  /** The database stands at r1, with three users, and is saved. */
  private MigrationSourceReference saved(SmallProject project) {
    MigrationSourceReference source = pushed(project);
    migrations.upgrade(order(source, List.of(), "r1"));
    query("insert into users values (1, 'a'), (2, 'b'), (3, 'c')");
    backups()
        .take(
            new BackupOrder(reference(), policy(), new ExpectedSchema(List.of("r1")), "b1"),
            new DatabaseAddress("DATABASE_URL", database),
            new Stop());
    return source;
  }

  private Rehearsal rehearsed(MigrationSourceReference source, String... revisions) {
    return migrations.rehearse(
        new RehearsalOrder(reference(), source, run, "b1", List.of(revisions)));
  }

  private Rehearsed only(Rehearsal rehearsal) {
    assertThat(rehearsal.failed()).isNull();
    assertThat(rehearsal.revisions()).hasSize(1);
    return rehearsal.revisions().get(0);
  }

  @Test
  void leavesTheDatabaseAsItIsAndNothingBesideIt() {
    MigrationSourceReference source = saved(after("r2", "op.execute('delete from users')"));

    rehearsed(source, "r2");

    assertThat(query("select count(*) from users")).isEqualTo("3");
    assertThat(query("select version_num from alembic_version")).isEqualTo("r1");
    assertThat(scratchDatabases()).isEqualTo("0");
  }

  @Test
  void countsTheRowsThatARevisionWrites() {
    MigrationSourceReference source =
        saved(after("r2", "op.execute(\"update users set name = 'x' where id < 3\")"));

    Rehearsed seen = only(rehearsed(source, "r2"));

    assertThat(seen.rowsWritten()).isEqualTo(2);
    assertThat(seen.locks()).containsExactly("users RowExclusiveLock");
    assertThat(seen.table()).isNull();
    assertThat(seen.exclusive()).isZero();
  }

  @Test
  void saysHowLongATableCouldNotBeRead() {
    MigrationSourceReference source =
        saved(
            after(
                "r2",
                "op.execute('alter table users add column city text')",
                "op.execute('select pg_sleep(0.4)')"));

    Rehearsed seen = only(rehearsed(source, "r2"));

    assertThat(seen.table()).isEqualTo("users");
    assertThat(seen.exclusive()).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    assertThat(seen.locks()).containsExactly("users AccessExclusiveLock");
    assertThat(seen.rewritten()).isEmpty();
  }

  @Test
  void countsALockOnlyForAsLongAsItIsHeld() {
    MigrationSourceReference source =
        saved(
            after(
                "r2",
                "with op.get_context().autocommit_block():",
                "    op.execute('alter table users add column city text')",
                "op.execute('select pg_sleep(0.4)')"));

    Rehearsed seen = only(rehearsed(source, "r2"));

    assertThat(seen.exclusive().plusMillis(400)).isLessThanOrEqualTo(seen.took());
  }

  @Test
  void namesATableThatIsWrittenAnew() {
    MigrationSourceReference source =
        saved(after("r2", "op.execute('alter table users alter column id type bigint')"));

    assertThat(only(rehearsed(source, "r2")).rewritten()).containsExactly("users");
  }

  @Test
  void leavesOutTablesThatTheRevisionMakes() {
    MigrationSourceReference source =
        saved(
            after(
                "r2",
                "op.execute('create table towns (id int)')",
                "op.execute('alter table towns add column name text')"));

    assertThat(only(rehearsed(source, "r2")).locks()).isEmpty();
  }

  @Test
  void saysWhichRevisionFailsOnTheCopy() {
    MigrationSourceReference source =
        saved(after("r2", "op.execute('alter table users add constraint few check (id < 3)')"));

    Rehearsal rehearsal = rehearsed(source, "r2");

    assertThat(rehearsal.revisions()).isEmpty();
    assertThat(rehearsal.failed().revision()).isEqualTo("r2");
    assertThat(rehearsal.failed().sqlState()).isEqualTo("23514");
    assertThat(scratchDatabases()).isEqualTo("0");
  }

  @Test
  void leadsEveryVariableWithTheDatabasesAddressToTheCopy() {
    variables().set("backend", "OTHER_URL", database.replace("postgresql://", "postgres://"));
    MigrationSourceReference source =
        saved(
            after("r2", "op.execute('drop table users')")
                .connecting(
                    "__import__('os').environ['OTHER_URL'].replace('postgres://',"
                        + " 'postgresql+psycopg://')",
                    ""));

    assertThat(rehearsed(source, "r2").failed()).isNull();
    assertThat(query("select count(*) from users")).isEqualTo("3");
  }

  @Test
  void runsNothingWhereEnvPyConnectsToTheRealDatabaseAllTheSame() {
    MigrationSourceReference source =
        saved(
            after("r2", "op.execute('drop table users')")
                .connecting(
                    "'" + database.replace("postgresql:", "postgresql+psycopg:") + "'", ""));

    ApplicationFailure failure = failureOf(() -> rehearsed(source, "r2"));

    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage()).contains("env.py connects to another database");
    assertThat(query("select count(*) from users")).isEqualTo("3");
    assertThat(scratchDatabases()).isEqualTo("0");
  }

  @Test
  void saysThatThereIsNoSuchBackup() {
    MigrationSourceReference source = pushed(after("r2", "pass"));

    ApplicationFailure failure = failureOf(() -> rehearsed(source, "r2"));

    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage()).contains("there is no receipt of it");
  }

  private String scratchDatabases() {
    return query(
        "select count(*) from pg_database where datname like 'signalbox\\_scratch\\_'"
            + " || (select oid from pg_database where datname = current_database()) || '\\_%'");
  }
}
