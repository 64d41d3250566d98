package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.backup.Stop;
import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.BackupActivities.ExpectedSchema;
import dev.signalbox.workflows.migration.DowngradePlan;
import dev.signalbox.workflows.migration.DowngradePlan.Loss;
import dev.signalbox.workflows.migration.MigrationActivities.DowngradeQuery;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal;
import dev.signalbox.workflows.migration.MigrationActivities.RehearsalOrder;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd.Ran;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeOrder;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import dev.signalbox.workflows.migration.RevisionClass;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Order(1)
class DowngradeTest extends MigrationHouse {
  private static SmallProject project() {
    return SmallProject.empty()
        .sql("r1", "create table users (id int primary key, name text)")
        .sql("r2", "alter table users add column city text")
        .undoneBy("alter table users drop column city")
        .sql("r3", "create table visits (at timestamptz)")
        .undoneBy("drop table visits");
  }

  /** The database stands at r3, with three users, two of whom have a city, and one visit. */
  private MigrationSourceReference standing(SmallProject project) {
    MigrationSourceReference source = pushed(project);
    migrations.upgrade(order(source, List.of(), "r1", "r2", "r3"));
    query("insert into users values (1, 'a', 'x'), (2, 'b', 'y'), (3, 'c', null)");
    query("insert into visits values (now())");
    return source;
  }

  private DowngradePlan planned(MigrationSourceReference source, String to) {
    return migrations.planDowngrade(new DowngradeQuery(reference(), source, to, true));
  }

  private UpgradeEnd takenBack(MigrationSourceReference source) {
    return migrations.upgrade(
        new UpgradeOrder(reference(), source, run, List.of("r3"), List.of("r3", "r2"), "r1", null));
  }

  private String at() {
    return query("select version_num from alembic_version");
  }

  @Test
  void saysBeforeWhatEachStepTakesAwayAndFromHowManyRows() {
    MigrationSourceReference source = standing(project());

    DowngradePlan plan = planned(source, "r1");

    assertThat(plan.refused()).isNull();
    assertThat(plan.plan().database()).containsExactly("r3");
    assertThat(plan.plan().revisions())
        .extracting(PlannedRevision::revision)
        .containsExactly("r3", "r2");
    assertThat(plan.plan().revisions())
        .extracting(PlannedRevision::kind)
        .containsOnly(RevisionClass.CONTRACT);
    assertThat(plan.plan().revisions().get(1).sql()).contains("drop column city");
    assertThat(plan.losses())
        .extracting(Loss::words)
        .containsExactly(
            "r3: drops table visits (1 row)", "r2: drops column city of users (2 rows)");
    assertThat(at()).isEqualTo("r3");
  }

  @Test
  void takesRevisionsBackOneAfterAnother() {
    MigrationSourceReference source = standing(project());

    UpgradeEnd end = takenBack(source);

    assertThat(end.failed()).isNull();
    assertThat(end.ran()).extracting(Ran::revision).containsExactly("r3", "r2");
    assertThat(end.at()).containsExactly("r1");
    assertThat(at()).isEqualTo("r1");
    assertThat(query("select count(*) from users")).isEqualTo("3");
  }

  @Test
  void stopsWhereADowngradeFailsAndSaysWhereTheDatabaseStands() {
    MigrationSourceReference source =
        standing(
            SmallProject.empty()
                .sql("r1", "create table users (id int primary key, name text)")
                .sql("r2", "alter table users add column city text")
                .undoneBy("alter table users drop column town")
                .sql("r3", "create table visits (at timestamptz)")
                .undoneBy("drop table visits"));

    UpgradeEnd end = takenBack(source);

    assertThat(end.failed().revision()).isEqualTo("r2");
    assertThat(end.ran()).extracting(Ran::revision).containsExactly("r3");
    assertThat(end.at()).containsExactly("r2");
  }

  @Test
  void isRehearsedOnARestoredCopy() {
    MigrationSourceReference source = standing(project());
    backups()
        .take(
            new BackupOrder(reference(), policy(), new ExpectedSchema(List.of("r3")), "b1"),
            new DatabaseAddress("DATABASE_URL", database),
            new Stop());

    Rehearsal rehearsal =
        migrations.rehearse(
            new RehearsalOrder(reference(), source, run, "b1", List.of("r3", "r2"), "r1"));

    assertThat(rehearsal.failed()).isNull();
    assertThat(rehearsal.revisions()).hasSize(2);
    assertThat(at()).isEqualTo("r3");
  }

  /** r1 with the branches r2 and r3, which r4 merges. */
  private static SmallProject branches() {
    return SmallProject.empty()
        .sql("r1", "create table users (id int)")
        .undoneBy("drop table users")
        .sql("r2", "create table visits (id int)")
        .undoneBy("drop table visits")
        .after("r1")
        .sql("r3", "create table cities (id int)")
        .undoneBy("drop table cities")
        .after("r2", "r3")
        .sql("r4", "create table streets (id int)")
        .undoneBy("drop table streets");
  }

  @ParameterizedTest(name = "from {0} to {1}: {2}")
  @CsvSource({
    "'r2,r3', r1, 'the database stands on several branches (r2, r3)'",
    "r4, r1, 'r4 merges r2, r3: a way down over a merge is none'",
    "r2, r3, 'r3 is not below r2, where the database stands'",
    "r9, r1, 'the database stands at r9, which this code does not know'"
  })
  void goesDownOnOneLineOnly(String from, String to, String why) {
    query("create table alembic_version (version_num varchar(32) primary key)");
    for (String at : from.split(",", -1)) {
      query("insert into alembic_version values ('" + at + "')");
    }

    assertThat(planned(pushed(branches()), to).refused()).isEqualTo(why);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "r9, this code has no revision r9",
    "r3, the database stands at r3 already",
    "r0, 'r1 has no downgrade that does anything: what it did is only undone by a backup, or by a"
        + " revision that does it'"
  })
  void saysWhyThereIsNoWayDown(String to, String why) {
    MigrationSourceReference source =
        pushed(
            SmallProject.empty()
                .sql("r0", "create table cities (id int)")
                .sql("r1", "create table users (id int primary key, name text)")
                .sql("r2", "alter table users add column city text")
                .undoneBy("alter table users drop column city")
                .sql("r3", "create table visits (at timestamptz)")
                .undoneBy("drop table visits"));
    migrations.upgrade(order(source, List.of(), "r0", "r1", "r2", "r3"));

    assertThat(planned(source, to).refused()).isEqualTo(why);
  }
}
