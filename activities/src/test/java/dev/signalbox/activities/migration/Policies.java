package dev.signalbox.activities.migration;

import dev.signalbox.workflows.policy.MigrationCommands;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.Runner;
import dev.signalbox.workflows.policy.MigrationPolicy.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How a project of the tests is migrated. */
final class Policies {
  private Policies() {}

  static MigrationPolicy in(String directory) {
    return with(directory, List.of(), Duration.ofSeconds(2), Duration.ofMinutes(1));
  }

  /** By commands of the project's; or its Alembic by a plain command. */
  static MigrationPolicy by(
      Tool tool, Runner runner, MigrationCommands commands, List<String> python) {
    return new MigrationPolicy(
        tool,
        "db",
        "backend",
        null,
        null,
        python,
        null,
        null,
        Map.of(),
        0,
        null,
        Duration.ofMillis(700),
        Duration.ofMinutes(1),
        null,
        null,
        null,
        runner,
        commands);
  }

  static MigrationPolicy with(
      String directory, List<String> python, Duration lock, Duration statement) {
    return new MigrationPolicy(
        null, directory, "backend", null, null, python, null, null, Map.of(), 0, null, lock,
        statement, null, null, null);
  }
}
