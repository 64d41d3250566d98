package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.pace.FastPace;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.migration.DatabaseIdentity;
import dev.signalbox.workflows.migration.MigrationActivities;
import dev.signalbox.workflows.migration.MigrationActivities.PlanOrder;
import dev.signalbox.workflows.migration.MigrationActivities.SchemaStanding;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd.Ran;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeOrder;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(1)
class UpgradeTest extends MigrationHouse {
  private static final SmallProject TWO =
      SmallProject.empty()
          .sql("r1", "create table users (id int primary key, name text)")
          .sql("r2", "alter table users add column city text");

  @Test
  void runsTheRevisionsAndSaysHowFarItCame() {
    MigrationSourceReference source = pushed(TWO);

    UpgradeEnd end = migrations.upgrade(order(source, List.of(), "r1", "r2"));

    assertThat(end.failed()).isNull();
    assertThat(end.at()).containsExactly("r2");
    assertThat(end.ran()).extracting(Ran::revision).containsExactly("r1", "r2");
    assertThat(end.ran()).allMatch(ran -> !ran.took().isNegative() && !ran.took().isZero());
    assertThat(end.notes()).isEmpty();
    assertThat(query("select version_num from alembic_version")).isEqualTo("r2");
    assertThat(marked()).isEqualTo("0");
  }

  @Test
  void saysSendingBeforeAnythingIsChangedAndThenWhatItDoes() {
    List<String> details = new ArrayList<>();
    engine.setActivityHeartbeatListener(
        String.class,
        detail ->
            details.add(
                detail
                    + " with "
                    + query("select count(*) from pg_class where relname = 'users'")
                    + " tables"));

    migrations.upgrade(order(pushed(TWO), List.of(), "r1", "r2"));

    int sending = details.indexOf("sending with 0 tables");
    assertThat(sending).isPositive();
    assertThat(details.subList(0, sending)).allMatch(detail -> detail.startsWith("waiting "));
    assertThat(details.subList(sending, details.size()))
        .allMatch(detail -> detail.startsWith("sending"));
  }

  @Test
  void runsNothingFromWhereItWasNotPlanned() {
    ApplicationFailure failure =
        failureOf(() -> migrations.upgrade(order(pushed(TWO), List.of("r1"), "r2")));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.REJECTED);
    assertThat(failure.getOriginalMessage())
        .contains("stands at no revision, and this was planned from r1");
    assertThat(query("select count(*) from pg_class where relname = 'alembic_version'"))
        .isEqualTo("0");
  }

  @Test
  void runsNothingOnAnotherDatabaseThanItWasPlannedFor() {
    MigrationSourceReference source = pushed(TWO);
    DatabaseIdentity planned =
        migrations.plan(new PlanOrder(reference(), source, false)).identity();
    database = POSTGRES.database();
    set(database);

    ApplicationFailure failure = failureOf(() -> migrations.upgrade(planned(source, planned)));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.REJECTED);
    assertThat(failure.getOriginalMessage())
        .contains("this was planned for the database " + planned.place(), "nothing was run");
    assertThat(query("select count(*) from pg_class where relname = 'alembic_version'"))
        .isEqualTo("0");
  }

  @Test
  void runsOnTheDatabaseThatItWasPlannedForAndNotOnOneThatWasMadeAnew() {
    MigrationSourceReference source = pushed(TWO);
    DatabaseIdentity planned =
        migrations.plan(new PlanOrder(reference(), source, false)).identity();
    DatabaseIdentity former = new DatabaseIdentity(planned.place(), "0123456789abcdef");

    assertThat(failureOf(() -> migrations.upgrade(planned(source, former))).getOriginalMessage())
        .contains("there is another database at " + planned.place());
    assertThat(migrations.upgrade(planned(source, planned)).at()).containsExactly("r2");
  }

  private UpgradeOrder planned(MigrationSourceReference source, DatabaseIdentity identity) {
    return new UpgradeOrder(
        reference(), source, run, List.of(), List.of("r1", "r2"), null, identity);
  }

  @Test
  void namesTheStatementThatFailedWithoutTheRowsInIt() {
    SmallProject project =
        SmallProject.empty()
            .sql("r1", "create table users (name text unique)")
            .sql(
                "r2",
                "insert into users values ('canary-row')",
                "insert into users values ('canary-row')");

    UpgradeEnd end = migrations.upgrade(order(pushed(project), List.of(), "r1", "r2"));

    assertThat(end.at()).containsExactly("r1");
    assertThat(end.ran()).extracting(Ran::revision).containsExactly("r1");
    assertThat(end.failed().revision()).isEqualTo("r2");
    assertThat(end.failed().sqlState()).isEqualTo("23505");
    assertThat(end.failed().kind()).endsWith("UniqueViolation");
    assertThat(end.failed().statement()).isEqualTo("insert into users values ('***')");
    assertThat(end.failed().error()).contains("users_name_key");
    assertThat(end.toString()).doesNotContain("canary");
    assertThat(query("select count(*) from users")).isEqualTo("0");
  }

  @Test
  void saysThatARevisionCommittedByItselfAndWasNotRecorded() {
    SmallProject project =
        SmallProject.empty()
            .revision("r1", "op.execute('create table users (id int)')", "op.get_bind().commit()");

    UpgradeEnd end = migrations.upgrade(order(pushed(project), List.of(), "r1"));

    assertThat(end.failed().kind()).isEqualTo("not-recorded");
    assertThat(end.failed().revision()).isEqualTo("r1");
    assertThat(end.at()).isEmpty();
  }

  @Test
  void namesAnIndexThatWasLeftInvalid() {
    SmallProject project =
        SmallProject.empty()
            .sql("r1", "create table users (name text)", "insert into users values ('a'), ('a')")
            .revision(
                "r2",
                "with op.get_context().autocommit_block():",
                "    op.execute('create unique index concurrently twice on users (name)')");

    UpgradeEnd end = migrations.upgrade(order(pushed(project), List.of(), "r1", "r2"));

    assertThat(end.failed().sqlState()).isEqualTo("23505");
    assertThat(end.notes())
        .singleElement()
        .asString()
        .startsWith("index public.twice is invalid: a CREATE INDEX CONCURRENTLY did not end");
  }

  @Test
  void saysWhichSettingsOfTheProjectHeldInsteadOfOurs() {
    SmallProject project =
        SmallProject.empty()
            .connecting(
                "context.config.get_main_option(\"sqlalchemy.url\"), connect_args={'options':"
                    + " '-c lock_timeout=4321', 'application_name': 'theirs'}",
                "")
            .revision(
                "r1", "op.execute('create table seen as select name, setting from pg_settings')");

    UpgradeEnd end = migrations.upgrade(order(pushed(project), List.of(), "r1"));

    assertThat(setting("lock_timeout")).isEqualTo("4321");
    assertThat(setting("statement_timeout")).isEqualTo("60000");
    assertThat(setting("client_connection_check_interval")).isEqualTo("1000");
    assertThat(setting("application_name")).isEqualTo(new RunMark(run).application());
    assertThat(end.notes())
        .singleElement()
        .asString()
        .contains("the project sets lock_timeout to 4321ms itself: that held, and not our 700 ms");
  }

  private String setting(String name) {
    return query("select setting from seen where name = '" + name + "'");
  }

  @Test
  void triesAgainWhereALockWasNotToBeHadAndNothingWasChanged() {
    MigrationSourceReference source = pushed(TWO);
    migrations.upgrade(order(source, List.of(), "r1"));
    try (DatabaseSession other =
        DatabaseSession.open(new DatabaseAddress("X", database), "somebody")) {
      other.run("begin");
      other.run("lock table users in access exclusive mode");
      List<Duration> pauses = new ArrayList<>();
      Pace releasing =
          new Pace() {
            private final FastPace fast = new FastPace();

            @Override
            public Instant now() {
              return fast.now();
            }

            @Override
            public void pause(Duration duration) {
              fast.pause(duration);
              // The pause between two attempts: those of a look are shorter.
              if (duration.compareTo(Duration.ofSeconds(2)) >= 0) {
                pauses.add(duration);
                other.run("commit");
              }
            }
          };

      UpgradeEnd end = with(releasing).upgrade(order(source, List.of("r1"), "r2"));

      assertThat(end.failed()).isNull();
      assertThat(end.at()).containsExactly("r2");
      assertThat(pauses).hasSize(1);
    }
  }

  @Test
  void doesNotTryAgainWhatCommittedSomethingBeforeItsLockWasNotToBeHad() {
    SmallProject project =
        SmallProject.empty()
            .sql("r1", "create table users (id int)")
            .revision(
                "r2",
                "op.execute('create table half (id int)')",
                "with op.get_context().autocommit_block():",
                "    op.execute('alter table users add column city text')");
    MigrationSourceReference source = pushed(project);
    migrations.upgrade(order(source, List.of(), "r1"));
    try (DatabaseSession other =
        DatabaseSession.open(new DatabaseAddress("X", database), "somebody")) {
      other.run("begin");
      other.run("lock table users in access exclusive mode");
      FastPace pace = new FastPace();

      UpgradeEnd end = with(pace).upgrade(order(source, List.of("r1"), "r2"));

      assertThat(end.failed().sqlState()).isEqualTo("55P03");
      assertThat(end.at()).containsExactly("r1");
      assertThat(pace.waited()).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void runsNothingWhereEnvPyConnectsToAnotherDatabaseThanTheOneThatIsLocked() {
    String another = POSTGRES.database();
    SmallProject elsewhere =
        SmallProject.empty()
            .connecting("'" + another.replace("postgresql:", "postgresql+psycopg:") + "'", "")
            .sql("r1", "create table users (id int)");

    ApplicationFailure failure =
        failureOf(() -> migrations.upgrade(order(pushed(elsewhere), List.of(), "r1")));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.REJECTED);
    assertThat(failure.getOriginalMessage()).contains("env.py connects to another database");
    assertThat(POSTGRES.query(another, "select to_regclass('users')")).isEmpty();
  }

  @Test
  void saysThatTheDatabaseDoesNotAnswer() {
    set("postgresql://ana:canary-word@127.0.0.1:1/app");

    ApplicationFailure failure =
        failureOf(() -> migrations.upgrade(order(pushed(TWO), List.of(), "r1")));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.NOT_SENT);
    assertThat(failure.getOriginalMessage()).contains("127.0.0.1:1/app").doesNotContain("canary");
  }

  @Test
  void saysThatThePasswordIsWrong() {
    set(POSTGRES.guarded(database, "wrong-canary"));

    ApplicationFailure failure =
        failureOf(() -> migrations.upgrade(order(pushed(TWO), List.of(), "r1")));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.REJECTED);
    assertThat(failure.getOriginalMessage())
        .contains("password authentication failed")
        .doesNotContain("canary");
  }

  @Test
  void readsWhereTheDatabaseStandsWithItsOwnVersionTable() {
    SmallProject project =
        SmallProject.empty()
            .connecting(
                "context.config.get_main_option(\"sqlalchemy.url\")",
                ", version_table='revisions', version_table_schema='meta'")
            .sql("r1", "create table users (id int)");
    query("create schema meta");
    MigrationSourceReference source = pushed(project);
    migrations.upgrade(order(source, List.of(), "r1"));

    SchemaStanding standing = migrations.standing(standing(source, Duration.ZERO));

    assertThat(query("select version_num from meta.revisions")).isEqualTo("r1");
    assertThat(standing.at()).containsExactly("r1");
    assertThat(standing.working()).isEmpty();
    assertThat(standing.invalidIndexes()).isEmpty();
  }

  @Test
  void namesTheBackendThatStillWorksForTheRun() {
    MigrationSourceReference source = pushed(TWO);
    try (DatabaseSession left =
        DatabaseSession.open(new DatabaseAddress("X", database), new RunMark(run).application())) {
      left.run("begin");
      left.value("select 'canary' || 1");

      SchemaStanding standing = migrations.standing(standing(source, Duration.ofSeconds(1)));
      ApplicationFailure refused =
          failureOf(() -> with(new FastPace()).upgrade(order(source, List.of(), "r1")));

      assertThat(standing.working())
          .singleElement()
          .satisfies(
              backend -> {
                assertThat(backend.state()).isEqualTo("idle in transaction");
                assertThat(backend.since()).isNotNull();
                assertThat(backend.statement()).isEqualTo("select '***' || *");
              });
      assertThat(FailureType.of(refused.getType())).isEqualTo(FailureType.NOT_SENT);
      assertThat(refused.getOriginalMessage())
          .contains("a former migration still runs", "idle in transaction");
    }
  }

  @Test
  void waitsForAnotherMigratorAndThenSaysWhoItIs() {
    MigrationSourceReference source = pushed(TWO);
    try (DatabaseSession other =
        DatabaseSession.open(new DatabaseAddress("X", database), new RunMark("another").lock())) {
      other.value("select pg_advisory_lock(" + MigratorLock.KEY + ")");

      ApplicationFailure refused =
          failureOf(() -> with(new FastPace()).upgrade(order(source, List.of(), "r1")));

      assertThat(FailureType.of(refused.getType())).isEqualTo(FailureType.NOT_SENT);
      assertThat(refused.getOriginalMessage())
          .contains("another migrator holds the lock", "signalbox-lock:another");
    }
    assertThat(query("select count(*) from pg_class where relname = 'users'")).isEqualTo("0");
  }

  private MigrationActivities with(Pace pace) {
    engine.close();
    engine = TestActivityEnvironment.newInstance();
    return stub(MigrationActivities.class, activities(pace));
  }
}
