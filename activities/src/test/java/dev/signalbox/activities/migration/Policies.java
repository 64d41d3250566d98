package dev.signalbox.activities.migration;

import dev.signalbox.workflows.policy.MigrationCommands;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.Runner;
import dev.signalbox.workflows.policy.MigrationPolicy.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How a project of the tests is migrated. */
public final class Policies {
  private Policies() {}

  static MigrationPolicy in(String directory) {
    return with(directory, List.of(), Duration.ofSeconds(2), Duration.ofMinutes(1));
  }

  /** By commands of the project's; or its Alembic by a plain command. */
  static MigrationPolicy by(
      Tool tool, Runner runner, MigrationCommands commands, List<String> python) {
    return policy(
        tool, "db", python, 0, Duration.ofMillis(700), Duration.ofMinutes(1), runner, commands);
  }

  static MigrationPolicy with(
      String directory, List<String> python, Duration lock, Duration statement) {
    return policy(null, directory, python, 0, lock, statement, null, null);
  }

  /** By the defaults, and no more backups are kept than the newest. */
  public static MigrationPolicy keepingOne(Tool tool) {
    return policy(tool, "backend", List.of(), 1, null, null, null, null);
  }

  private static MigrationPolicy policy(
      Tool tool,
      String directory,
      List<String> python,
      int keep,
      Duration lock,
      Duration statement,
      Runner runner,
      MigrationCommands commands) {
    return new MigrationPolicy(
        tool, directory, "backend", null, null, python, null, null, Map.of(), keep, null, lock,
        statement, null, null, null, runner, commands, null);
  }
}
