package dev.signalbox.activities.migration;

import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.policy.MigrationCommands;
import dev.signalbox.workflows.policy.MigrationPolicy;
import java.util.List;

/** All migration tools that there are, each with its runner. */
final class MigrationTools {
  private final AlembicTool alembic;
  private final CommandRunner runner;

  MigrationTools(PythonEnvironment environments, Pace pace) {
    this.alembic = new AlembicTool(environments);
    this.runner = new CommandRunner(environments, pace);
  }

  /** The one that the policy names. */
  MigrationTool of(MigrationPolicy policy) {
    return switch (policy.tool()) {
      case COMMAND -> new CommandTool(runner, policy.commands());
      case ALEMBIC -> policy.runsByRevision() ? alembic : plain(policy.commands());
    };
  }

  /** The project's Alembic, whoever runs it. */
  AlembicTool alembic() {
    return alembic;
  }

  private MigrationTool plain(MigrationCommands commands) {
    return new PlainAlembic(alembic, runner, commands == null ? List.of() : commands.run());
  }
}
