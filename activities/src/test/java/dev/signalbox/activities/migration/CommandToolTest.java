package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.backup.Stop;
import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.BackupActivities.ExpectedSchema;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.migration.MigrationActivities.PlanOrder;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal;
import dev.signalbox.workflows.migration.MigrationActivities.RehearsalOrder;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd.Ran;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.migration.MigrationPlan.State;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import dev.signalbox.workflows.migration.RevisionClass;
import dev.signalbox.workflows.migration.Unpromised;
import dev.signalbox.workflows.policy.MigrationPolicy;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Migrations by commands of the project's own. */
@Order(1)
class CommandToolTest extends MigrationHouse {
  private static final String USERS = "create table users (id int primary key, name text)";
  private static final String CITY = "alter table users add column city text";

  @Override
  MigrationPolicy policy() {
    return StepsTool.policy(python);
  }

  private StepsTool steps(String... steps) {
    return new StepsTool(reference().variable(), steps);
  }

  private MigrationPlan plan(MigrationSourceReference source) {
    return migrations.plan(new PlanOrder(reference(), source, true));
  }

  private static String run(MigrationSourceReference source) {
    return "command@" + source.revision().substring(0, 12);
  }

  @Test
  void plansOneRunOfWhichNobodyKnowsWhatItDoes() {
    MigrationSourceReference source = pushed(steps(USERS, CITY).project());

    MigrationPlan plan = plan(source);

    assertThat(plan.state()).isEqualTo(State.BEHIND);
    assertThat(plan.database()).isEmpty();
    assertThat(plan.revisions()).hasSize(1);
    PlannedRevision planned = plan.revisions().get(0);
    assertThat(planned.revision()).isEqualTo(run(source));
    assertThat(planned.kind()).isEqualTo(RevisionClass.UNKNOWN);
    assertThat(planned.message()).isEqualTo("2 left");
    assertThat(planned.reasons())
        .containsExactly("without SQL nobody can say what `python tool.py run` does");
    assertThat(planned.transactional()).isFalse();
    assertThat(plan.notes()).containsExactlyElementsOf(Unpromised.of(policy()));
    assertThat(query("select to_regclass('steps')")).isEmpty();
  }

  @Test
  void runsTheCommandUnderOurNameAndItsCheckSaysThatItIsDone() {
    MigrationSourceReference source =
        pushed(
            steps(USERS, "create table seen as select name, setting from pg_settings").project());

    UpgradeEnd end = migrations.upgrade(order(source, List.of(), run(source)));

    assertThat(end.failed()).isNull();
    assertThat(end.at()).containsExactly("2");
    assertThat(end.ran()).extracting(Ran::revision).containsExactly(run(source));
    assertThat(end.ran()).noneMatch(ran -> ran.took().isZero());
    assertThat(query("select setting from seen where name = 'application_name'"))
        .isEqualTo(new RunMark(run).application());
    assertThat(query("select setting from seen where name = 'lock_timeout'")).isEqualTo("700");
    assertThat(plan(source).state()).isEqualTo(State.CURRENT);
    assertThat(plan(source).sentence()).isEqualTo("The database stands at 2: nothing to do.");
  }

  @Test
  void saysWhatItSaidLastAndWhereTheDatabaseStandsWhenItFails() {
    MigrationSourceReference source =
        pushed(
            steps(USERS, "insert into users values (1, 'canary-row'), (1, 'canary-row')")
                .project());

    UpgradeEnd end = migrations.upgrade(order(source, List.of(), run(source)));

    assertThat(end.failed().kind()).isEqualTo("exit-1");
    assertThat(end.failed().revision()).isEqualTo(run(source));
    assertThat(end.failed().error()).contains("exit code 1", "users_pkey");
    assertThat(end.failed().log()).contains("step 1", "step 2");
    assertThat(end.at()).containsExactly("1");
    assertThat(end.ran()).isEmpty();
    assertThat(end.toString()).doesNotContain("canary");
  }

  @Test
  void takesItsLastWordsFromStandardErrorWhateverItPrintsAfterThem() {
    MigrationSourceReference source =
        pushed(
            steps(USERS)
                .running(
                    "import time; print('no such role', file=sys.stderr, flush=True);"
                        + " time.sleep(0.5); print('bye'); sys.exit(1)")
                .project());

    UpgradeEnd end = migrations.upgrade(order(source, List.of(), run(source)));

    assertThat(end.failed().error()).endsWith("its last words: no such role");
    assertThat(end.failed().log()).contains("no such role", "bye");
  }

  @Test
  void isNotDoneWhereItsCheckStillFindsSomething() {
    MigrationSourceReference source = pushed(steps(USERS).running("sys.exit(0)").project());

    UpgradeEnd end = migrations.upgrade(order(source, List.of(), run(source)));

    assertThat(end.failed().kind()).isEqualTo("not-recorded");
    assertThat(end.failed().error()).contains("something left to run");
    assertThat(end.ran()).isEmpty();
  }

  @Test
  void runsNothingFromWhereItWasNotPlanned() {
    MigrationSourceReference source = pushed(steps(USERS).project());

    assertThat(typeOf(() -> migrations.upgrade(order(source, List.of("7"), run(source)))))
        .isEqualTo(FailureType.REJECTED);
    assertThat(query("select to_regclass('steps')")).isEmpty();
  }

  @Test
  void refusesACheckThatWrites() {
    MigrationSourceReference source =
        pushed(
            steps(USERS).checking("connection.execute('create table written (id int)')").project());

    ApplicationFailure failure = failureOf(() -> plan(source));

    assertThat(failure.getOriginalMessage())
        .contains("Asking whether something is to be run (python tool.py check)", "read-only");
    assertThat(query("select to_regclass('written')")).isEmpty();
  }

  @Test
  void refusesACommandThatFindsItsAddressElsewhere() {
    MigrationSourceReference source = pushed(steps(USERS).connectingTo(database).project());

    ApplicationFailure failure = failureOf(() -> plan(source));

    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage()).contains("it finds its address elsewhere");
  }

  @Test
  void rehearsesAllOfItOnACopy() {
    MigrationSourceReference source = pushed(steps(USERS, CITY, "drop table users").project());
    POSTGRES.query(database, "create table steps (n int); insert into steps values (1); " + USERS);
    backups()
        .take(
            new BackupOrder(reference(), policy(), new ExpectedSchema(List.of("1")), "before"),
            new DatabaseAddress(reference().variable(), database),
            new Stop());

    Rehearsal rehearsal =
        migrations.rehearse(
            new RehearsalOrder(reference(), source, run, "before", List.of(run(source))));

    assertThat(rehearsal.failed()).isNull();
    assertThat(rehearsal.revisions())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.revision()).isEqualTo(run(source));
              assertThat(one.took()).isGreaterThan(Duration.ZERO);
              assertThat(one.exclusive()).isNull();
            });
    assertThat(query("select count(*) from steps")).isEqualTo("1");
    assertThat(query("select to_regclass('users')")).isEqualTo("users");
  }
}
