package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.migration.MigrationPlan.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alembic 1.16 and newer reads {@code [tool.alembic]} of a pyproject.toml too. */
class PyprojectTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();

  /** As Alembic was before it: neither the argument nor the method. */
  private static final String OLD_ALEMBIC =
      """
      import sys
      import alembic.config

      class Config(alembic.config.Config):
          def __init__(self, file_=None, output_buffer=None, stdout=sys.stdout):
              super().__init__(file_, output_buffer=output_buffer, stdout=stdout)

          def __getattribute__(self, name):
              if name == "get_alembic_option":
                  raise AttributeError(name)
              return super().__getattribute__(name)

      alembic.config.Config = Config
      alembic.__version__ = "1.13.3"
      """;

  @TempDir Path directory;

  @Test
  void configuresAProjectThatHasNoAlembicIni() {
    MigrationPlan plan = plan(project().byPyproject(), Map.of());

    assertThat(plan.state()).isEqualTo(State.BEHIND);
    assertThat(plan.revisions()).extracting(PlannedRevision::revision).containsExactly("r1");
  }

  @Test
  void completesAnAlembicIniThatHoldsOnlyTheConnection() {
    SmallProject both =
        project()
            .byPyproject()
            .file("alembic.ini", "[alembic]\nsqlalchemy.url = driver://user@localhost/name\n");

    assertThat(plan(both, Map.of()).state()).isEqualTo(State.BEHIND);
  }

  @Test
  void isNoAlembicsWhereItHasNoTableOfThatName() {
    SmallProject other =
        SmallProject.empty().byPyproject().file("pyproject.toml", "dependencies = ['alembic']\n");

    assertThat(plan(other, Map.of()).state()).isEqualTo(State.NO_ALEMBIC);
  }

  @Test
  void saysWhichFileCannotBeRead() {
    SmallProject broken =
        project().byPyproject().file("pyproject.toml", "[tool.alembic]\nscript_location = \n");

    assertThatThrownBy(() -> plan(broken, Map.of()))
        .hasMessageContaining("pyproject.toml cannot be read: Invalid value");
  }

  @Test
  void saysThatAnOlderAlembicDoesNotReadIt() {
    assertThatThrownBy(
            () ->
                plan(
                    project().byPyproject().file("old/sitecustomize.py", OLD_ALEMBIC),
                    Map.of("PYTHONPATH", directory.resolve("old").toString())))
        .hasMessageContaining(
            "pyproject.toml has [tool.alembic], which Alembic reads from 1.16 on, and this Python"
                + " has Alembic 1.13.3");
  }

  private static SmallProject project() {
    return SmallProject.empty().sql("r1", "create table a (id int)");
  }

  private MigrationPlan plan(SmallProject project, Map<String, String> environment) {
    return new AlembicTool(new PythonEnvironment(System.getenv()))
        .plan(
            new MigrationSource(
                project.at(directory), null, List.of(POSTGRES.python().toString()), environment),
            new DatabaseAddress("DATABASE_URL", POSTGRES.database()));
  }
}
