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

/**
 * Projects whose own code ends the program that asks it: nothing of what came by then is a plan.
 */
class EndedProgramTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();

  @TempDir Path directory;

  @Test
  void isNoPlanWhereEnvPyEndsItWhenItIsAskedForSql() {
    assertThatThrownBy(() -> plan(beginning("sys.exit(0)")))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("env.py was run, and it ended the program: SystemExit: 0");
  }

  @Test
  void isNoPlanWhereFewerRevisionsComeThanArePending() {
    assertThatThrownBy(() -> plan(beginning("os._exit(0)")))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("of the 2 pending revisions (r1, r2) none came")
        .hasMessageContaining("Let neither env.py");
  }

  @Test
  void isNoPlanWhereNothingIsAnsweredAtAll() {
    SmallProject project = two().file("env.py", "import os\nos._exit(0)\n");

    assertThatThrownBy(() -> plan(project))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("exit code 0 before there was an answer; it printed nothing");
  }

  @Test
  void namesTheRevisionThatEndsItAndRendersThoseAfterIt() {
    SmallProject project =
        SmallProject.empty()
            .revision("r1", "raise SystemExit('stop')")
            .sql("r2", "create table b (id int)");

    MigrationPlan plan = plan(project);

    assertThat(plan.revisions()).extracting(PlannedRevision::revision).containsExactly("r1", "r2");
    PlannedRevision ending = plan.revisions().get(0);
    assertThat(ending.kind()).isEqualTo(RevisionClass.UNKNOWN);
    assertThat(ending.sqlUnavailable()).isEqualTo("SystemExit: stop");
    assertThat(ending.reasons().get(0)).startsWith("it ends the program when it is asked");
    assertThat(plan.revisions().get(1).sql()).contains("create table b");
  }

  private static SmallProject two() {
    return SmallProject.empty()
        .sql("r1", "create table a (id int)")
        .sql("r2", "create table b (id int)");
  }

  /** In its offline half only: where it connects, all is as it should be. */
  private static SmallProject beginning(String line) {
    return two()
        .connecting("__import__('endings').url(context)", "")
        .file(
            "endings.py",
            "import os\nimport sys\n\n\ndef url(context):\n    if context.is_offline_mode():\n"
                + "        "
                + line
                + "\n    return context.config.get_main_option('sqlalchemy.url')\n");
  }

  private MigrationPlan plan(SmallProject project) {
    return new AlembicTool(new PythonEnvironment(System.getenv()))
        .plan(
            new MigrationSource(
                project.at(directory), null, List.of(POSTGRES.python().toString()), Map.of()),
            new DatabaseAddress("DATABASE_URL", POSTGRES.database()));
  }
}
