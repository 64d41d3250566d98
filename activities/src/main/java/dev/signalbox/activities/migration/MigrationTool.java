package dev.signalbox.activities.migration;

import dev.signalbox.workflows.migration.MigrationPlan;
import java.util.List;

/** What migrates a project's database. */
interface MigrationTool {
  /**
   * Says what an upgrade to the code's head would do. Reads only.
   *
   * @throws MigrationException the database, the project or a tool cannot be used
   */
  MigrationPlan plan(MigrationSource source, DatabaseAddress database);

  /**
   * Makes what the project's code needs to be run; it may take minutes, the first time.
   *
   * @throws MigrationException it cannot be made
   */
  void prepare(MigrationSource source);

  /**
   * Says where the database stands. Reads only.
   *
   * @throws MigrationException as {@link #plan}
   */
  Standing standing(MigrationSource source, DatabaseAddress database);

  /**
   * Runs revisions, one after another. What ends it early leaves nothing of it running on this
   * machine; the server may still be at it.
   *
   * @throws MigrationException it could not begin; nothing was changed
   */
  Upgraded upgrade(
      MigrationSource source,
      DatabaseAddress database,
      UpgradeSettings settings,
      UpgradeWatch watch);

  /**
   * Where a database stands.
   *
   * @param at revisions that it names, sorted
   * @param invalidIndexes left behind by a CREATE INDEX CONCURRENTLY that did not end
   */
  record Standing(List<String> at, List<String> invalidIndexes) {}
}
