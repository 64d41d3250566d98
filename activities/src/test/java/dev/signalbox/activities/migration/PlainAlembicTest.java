package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.migration.MigrationActivities.PlanOrder;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd.Ran;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import dev.signalbox.workflows.migration.RevisionClass;
import dev.signalbox.workflows.policy.MigrationCommands;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.Runner;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The project's Alembic by its own command. */
class PlainAlembicTest extends MigrationHouse {
  private MigrationCommands commands;

  @Override
  MigrationPolicy policy() {
    return Policies.by(null, Runner.COMMAND, commands, python);
  }

  private SmallProject three() {
    return SmallProject.empty()
        .connecting(
            "os.environ['"
                + reference().variable()
                + "'].replace('postgresql:', 'postgresql+psycopg:')",
            "")
        .sql("r1", "create table users (id int primary key)")
        .sql("r2", "create table towns (id int primary key)")
        .sql("r3", "drop table users");
  }

  @Test
  void runsToTheLastRevisionOfTheOrderInOneGo() {
    MigrationSourceReference source = pushed(three());

    UpgradeEnd end = migrations.upgrade(order(source, List.of(), "r1", "r2"));

    assertThat(end.failed()).isNull();
    assertThat(end.at()).containsExactly("r2");
    assertThat(end.ran()).extracting(Ran::revision).containsExactly("r1", "r2");
    assertThat(query("select to_regclass('users')")).isEqualTo("users");
  }

  @Test
  void runsTheCommandOfTheProjectWhereOneIsNamed() {
    commands =
        new MigrationCommands(
            List.of(), List.of("python", "-c", "raise SystemExit('to {revision}')"), List.of());

    UpgradeEnd end = migrations.upgrade(order(pushed(three()), List.of(), "r1"));

    assertThat(end.failed().kind()).isEqualTo("exit-1");
    assertThat(end.failed().error()).endsWith("its last words: to r1");
    assertThat(end.at()).isEmpty();
  }

  @Test
  void knowsTheClassesAndTrustsNoTransaction() {
    MigrationPlan plan = migrations.plan(new PlanOrder(reference(), pushed(three()), false));

    assertThat(plan.revisions())
        .extracting(PlannedRevision::kind)
        .contains(RevisionClass.CONTRACT, RevisionClass.IRREVERSIBLE);
    assertThat(plan.revisions()).noneMatch(PlannedRevision::transactional);
    assertThat(plan.notes()).anyMatch(note -> note.contains("not by revision"));
  }
}
