package dev.signalbox.activities.migration;

import dev.signalbox.workflows.migration.DowngradePlan;
import dev.signalbox.workflows.migration.MigrationPlan;
import java.util.List;
import java.util.function.Consumer;

/**
 * What migrates a project's database. A new one implements this, gets a line in {@link
 * MigrationTools} and a word in {@code MigrationPolicy}; what it cannot promise is a sentence in
 * {@code Unpromised}.
 */
interface MigrationTool {
  /**
   * Says what an upgrade to where the code wants the database would do. Reads only. Where there are
   * no revisions that could be named one by one, the whole of it is one, of a name that stays the
   * same for the same files.
   *
   * @param words is told how far the reading is: it may take minutes
   * @throws MigrationException the database, the project or a tool cannot be used
   */
  MigrationPlan plan(MigrationSource source, DatabaseAddress database, Consumer<String> words);

  /** The same where nobody waits for a sign of life. */
  default MigrationPlan plan(MigrationSource source, DatabaseAddress database) {
    return plan(source, database, words -> {});
  }

  /**
   * Says what taking revisions back would do, without counting rows. Reads only.
   *
   * @param to the revision to go down to
   * @throws MigrationException as {@link #plan}
   */
  default DowngradePlan planDowngrade(MigrationSource source, DatabaseAddress database, String to) {
    return DowngradePlan.refused(
        to,
        "migrations that a command runs are not taken back here: release a revision that does it,"
            + " or restore a backup");
  }

  /**
   * Makes what the project's code needs to be run; it may take minutes, the first time.
   *
   * @throws MigrationException it cannot be made
   */
  void prepare(MigrationSource source, DatabaseAddress database);

  /**
   * Says where the database stands. Reads only.
   *
   * @throws MigrationException as {@link #plan}
   */
  Standing standing(MigrationSource source, DatabaseAddress database);

  /**
   * Runs these revisions. What ends it early leaves nothing of it running on this machine; the
   * server may still be at it. {@code watch} is asked before anything is changed, and called all
   * the time.
   *
   * @return without {@code at} where only {@link #standing} says how far it came
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
   * @param pending whether the code has something to run there; null = its revisions say so
   */
  record Standing(List<String> at, List<String> invalidIndexes, Boolean pending) {
    /** Of a tool whose revisions say what is pending. */
    Standing(List<String> at, List<String> invalidIndexes) {
      this(at, invalidIndexes, null);
    }
  }
}
