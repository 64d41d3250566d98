package dev.signalbox.activities.migration;

import dev.signalbox.workflows.migration.MigrationPlan;

/** What migrates a project's database. */
public interface MigrationTool {
  /**
   * Says what an upgrade to the code's head would do. Reads only.
   *
   * @throws MigrationException the database, the project or a tool cannot be used
   */
  MigrationPlan plan(MigrationSource source, DatabaseAddress database);
}
