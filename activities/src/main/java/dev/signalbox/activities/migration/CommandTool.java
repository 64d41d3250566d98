package dev.signalbox.activities.migration;

import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.migration.MigrationPlan.State;
import dev.signalbox.workflows.policy.MigrationCommands;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Commands of the project's own: one says whether something is to be run, one where the database
 * stands, and one runs it. What it does nobody can read, so that all of it is one revision of class
 * unknown.
 */
final class CommandTool implements MigrationTool {
  private static final int OF_THE_COMMIT = 12;
  private static final int LONGEST = 300;
  private static final int MOST_NAMES = 20;

  /** What a schema revision may be called; anything else is known by its hash. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:/@+-]{1,100}");

  /** From these exits on the shell and the guard speak, not the command. */
  private static final int NOT_ITS_OWN = 126;

  private static final String TRACEBACK = "Traceback (most recent call last)";

  private static final String INVALID_INDEXES =
      """
      select n.nspname || '.' || c.relname
      from pg_index i join pg_class c on c.oid = i.indexrelid
        join pg_namespace n on n.oid = c.relnamespace
      where not i.indisvalid order by 1\
      """;

  private final CommandRunner runner;
  private final MigrationCommands commands;

  CommandTool(CommandRunner runner, MigrationCommands commands) {
    this.runner = runner;
    this.commands = commands;
  }

  @Override
  public MigrationPlan plan(
      MigrationSource source, DatabaseAddress database, Consumer<String> words) {
    runner.prepare(source, database, commands.run());
    Look look = look(source, database);
    requireAddress(source, database);
    Standing standing = look.standing();
    if (!standing.pending()) {
      return new MigrationPlan(State.CURRENT, standing.at(), List.of(), List.of(), List.of());
    }
    String command = String.join(" ", commands.run());
    return new MigrationPlan(
        State.BEHIND,
        standing.at(),
        List.of(),
        List.of(
            PlannedRevision.ofCommand(
                name(source.commit()),
                look.says(),
                command,
                PythonEnvironment.hash(String.join("\0", commands.run())))),
        List.of());
  }

  private static String name(String commit) {
    return commit == null
        ? "command"
        : "command@" + commit.substring(0, Math.min(OF_THE_COMMIT, commit.length()));
  }

  @Override
  public void prepare(MigrationSource source, DatabaseAddress database) {
    runner.prepare(source, database, commands.run());
  }

  @Override
  public Standing standing(MigrationSource source, DatabaseAddress database) {
    return look(source, database).standing();
  }

  /**
   * @param says the last thing that the check said; null = nothing
   */
  private record Look(Standing standing, String says) {}

  private Look look(MigrationSource source, DatabaseAddress database) {
    // Asked by us first: its answer is clearer than what a command makes of it.
    List<String> invalid;
    try (DatabaseSession session = DatabaseSession.open(database, "signalbox-look")) {
      invalid = session.rows(INVALID_INDEXES, row -> row.getString(1));
    }
    HiddenValues hidden = new HiddenValues(database, source.environment());
    PythonRun.End revision = runner.ask(source, database, commands.revision());
    if (revision.exit() != 0) {
      throw unusable("Asking where the database stands", commands.revision(), revision, hidden);
    }
    PythonRun.End check = runner.ask(source, database, commands.check());
    boolean broken = check.said().stream().anyMatch(line -> line.contains(TRACEBACK));
    if (check.timedOut() || check.exit() >= NOT_ITS_OWN || broken) {
      throw unusable("Asking whether something is to be run", commands.check(), check, hidden);
    }
    return new Look(
        new Standing(names(revision.answers(), hidden), invalid, check.exit() != 0),
        lastWord(check, hidden).orElse(null));
  }

  /** Where the database stands, as the command says it. */
  static List<String> names(List<String> answers, HiddenValues hidden) {
    List<String> lines =
        answers.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    boolean plain =
        lines.size() <= MOST_NAMES && lines.stream().allMatch(line -> NAME.matcher(line).matches());
    return plain
        ? lines.stream().map(hidden::in).distinct().sorted().toList()
        : List.of(
            "sha256:"
                + PythonEnvironment.hash(String.join("\n", lines)).substring(0, OF_THE_COMMIT));
  }

  private static Optional<String> lastWord(PythonRun.End end, HiddenValues hidden) {
    List<String> lines = end.answers().stream().filter(line -> !line.isBlank()).toList();
    String last = lines.isEmpty() ? end.lastWord() : lines.get(lines.size() - 1);
    return new ProjectLog(hidden).clean(last).map(line -> Excerpt.of(line, LONGEST));
  }

  private static MigrationException unusable(
      String tried, List<String> command, PythonRun.End end, HiddenValues hidden) {
    Optional<String> words =
        new ProjectLog(hidden).clean(end.lastWord()).or(() -> lastWord(end, hidden));
    return new MigrationException(
        Fault.PROJECT,
        tried,
        String.join(" ", command),
        (end.timedOut() ? "no answer in time" : "exit code " + end.exit())
            + words.map(last -> ": " + last).orElse(""),
        words.filter(Pooler::refuses).isPresent()
            ? Pooler.directPort("the variable that `url` names")
            : "It runs in `directory`, with the variables of `service`, and must only read: see"
                + " that it works so.");
  }

  /**
   * A rehearsal and a scratch database are only safe where the commands go where the address leads:
   * where it leads nowhere, none may answer.
   */
  private void requireAddress(MigrationSource source, DatabaseAddress database) {
    DatabaseAddress nowhere =
        database.of("signalbox_nowhere_" + UUID.randomUUID().toString().replace("-", ""));
    MigrationSource elsewhere =
        new MigrationSource(
            source.directory(),
            source.root(),
            source.python(),
            CopyVariables.of(source.environment(), database, nowhere),
            source.commit());
    if (runner.ask(elsewhere, nowhere, commands.revision()).exit() == 0) {
      throw new MigrationException(
          Fault.PROJECT,
          "Asking where the database stands",
          String.join(" ", commands.revision()),
          "it answers although "
              + database.variable()
              + " leads to no database, so it finds its address elsewhere",
          "A rehearsal would reach the real database. Let the project read it from "
              + database.variable()
              + ", or name the variable that it reads by `url` under [migrations].");
    }
  }

  @Override
  public Upgraded upgrade(
      MigrationSource source,
      DatabaseAddress database,
      UpgradeSettings settings,
      UpgradeWatch watch) {
    List<String> words = runner.words(source, database, commands.run());
    return runner.upgrade(
        source, database, settings, watch, words, () -> standing(source, database));
  }
}
