package dev.signalbox.activities.migration;

import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.policy.MigrationCommands;
import java.util.List;
import java.util.function.Consumer;

/**
 * The project's Alembic by its own command, in one go. What it would do, and where the database
 * stands, is read as ever; nobody watches its transactions, so that none counts as one.
 */
final class PlainAlembic implements MigrationTool {
  private static final List<String> USUAL =
      List.of("python", "-m", "alembic", "upgrade", MigrationCommands.TARGET);

  private final AlembicTool alembic;
  private final CommandRunner runner;
  private final List<String> run;

  /**
   * @param run the command; empty = Alembic's own
   */
  PlainAlembic(AlembicTool alembic, CommandRunner runner, List<String> run) {
    this.alembic = alembic;
    this.runner = runner;
    this.run = run.isEmpty() ? USUAL : run;
  }

  @Override
  public MigrationPlan plan(
      MigrationSource source, DatabaseAddress database, Consumer<String> words) {
    MigrationPlan plan = alembic.plan(source, database, words);
    return plan.with(
        plan.revisions().stream().map(PlannedRevision::committingByItself).toList(), plan.notes());
  }

  @Override
  public void prepare(MigrationSource source, DatabaseAddress database) {
    alembic.prepare(source, database);
    runner.prepare(source, database, run);
  }

  @Override
  public Standing standing(MigrationSource source, DatabaseAddress database) {
    return alembic.standing(source, database);
  }

  @Override
  public Upgraded upgrade(
      MigrationSource source,
      DatabaseAddress database,
      UpgradeSettings settings,
      UpgradeWatch watch) {
    String target = settings.revisions().get(settings.revisions().size() - 1);
    List<String> words =
        runner.words(source, database, run).stream()
            .map(word -> word.replace(MigrationCommands.TARGET, target))
            .toList();
    return runner.upgrade(
        source, database, settings, watch, words, () -> alembic.standing(source, database));
  }
}
