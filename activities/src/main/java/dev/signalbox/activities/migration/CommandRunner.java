package dev.signalbox.activities.migration;

import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.activities.migration.MigrationTool.Standing;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Starts a project's own commands, in the project's directory, with the database's address in their
 * environment. What their connections are told goes there too, and holds where the driver is
 * libpq's or reads what libpq reads.
 */
final class CommandRunner {
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);

  private static final Duration LONGEST_FILLING = Duration.ofMinutes(30);

  /** Somebody may hold a table; a look does not wait for him. */
  private static final Duration LOOK_LOCK = Duration.ofSeconds(5);

  private static final Duration LOOK_STATEMENT = Duration.ofMinutes(1);
  private static final String LOOK = "signalbox-look";
  private static final Set<String> PYTHONS = Set.of("python", "python3");

  /** From then on a server notices by itself that its client is gone. */
  private static final int CHECKS_ITS_CLIENT = 140_000;

  private final ProjectPython python;
  private final OwnScript guard;
  private final Pace pace;

  CommandRunner(PythonEnvironment environments, Pace pace) {
    this.python = new ProjectPython(environments);
    this.guard = OwnScript.guard(environments.cache());
    this.pace = pace;
  }

  /**
   * The words with the project's own Python where they begin with one.
   *
   * @throws MigrationException that Python cannot be made, or there is no such program
   */
  List<String> words(MigrationSource source, DatabaseAddress database, List<String> command) {
    String program = command.get(0);
    if (PYTHONS.contains(program)) {
      List<String> words = new ArrayList<>(python.of(source));
      words.addAll(command.subList(1, command.size()));
      return words;
    }
    boolean there =
        program.contains("/")
            ? Files.isExecutable(source.directory().resolve(program))
            : onThePath(program, python.environment(source, database).get("PATH"));
    if (!there) {
      throw new MigrationException(
          Fault.TOOL,
          "Starting the project's command",
          String.join(" ", command),
          "there is no program " + program + " on this machine",
          "Install it where the worker runs, or correct the command under [migrations].");
    }
    return command;
  }

  private static boolean onThePath(String program, String path) {
    return Stream.of((path == null ? "" : path).split(":", -1))
        .anyMatch(place -> !place.isEmpty() && Files.isExecutable(Path.of(place).resolve(program)));
  }

  /**
   * What a command answers that only reads: its connections are set to read-only transactions where
   * its driver listens.
   *
   * @throws MigrationException it cannot be started
   */
  PythonRun.End ask(MigrationSource source, DatabaseAddress database, List<String> command) {
    Map<String, String> environment = python.environment(source, database);
    environment.put("PGAPPNAME", LOOK);
    environment.merge(
        "PGOPTIONS",
        option("lock_timeout", LOOK_LOCK)
            + option("statement_timeout", LOOK_STATEMENT)
            + " -c default_transaction_read_only=on",
        String::concat);
    try {
      return new PythonRun(
              guarded(words(source, database, command)), source.directory(), environment)
          .await("", LONGEST_ANSWER);
    } catch (IOException missing) {
      throw notStarted(missing);
    }
  }

  /**
   * Runs a command that may write rows, to its end.
   *
   * @throws MigrationException it cannot be started
   */
  PythonRun.End fill(MigrationSource source, DatabaseAddress database, List<String> command) {
    try {
      return new PythonRun(
              guarded(words(source, database, command)),
              source.directory(),
              python.environment(source, database))
          .await("", LONGEST_FILLING);
    } catch (IOException missing) {
      throw notStarted(missing);
    }
  }

  /** A command that changes the schema, with all that it is given. */
  record Command(List<String> words, Path directory, Map<String, String> environment) {
    ChildProgram start(Consumer<String> said) {
      try {
        return new ChildProgram(words, directory, environment, said).listen();
      } catch (IOException missing) {
        throw notStarted(missing);
      }
    }
  }

  /**
   * Changes the schema by one command, and follows that to its end.
   *
   * @param words as {@link #words} gave them
   * @param standing asks where the database stands
   * @return without {@code at}: only {@code standing} says how far it came
   * @throws MigrationException it could not begin; nothing was changed
   */
  Upgraded upgrade(
      MigrationSource source,
      DatabaseAddress database,
      UpgradeSettings settings,
      UpgradeWatch watch,
      List<String> words,
      Supplier<Standing> standing) {
    Standing before = new Waiting(pace, () -> watch.beat("")).answer(standing);
    Command command = command(source, database, settings, words);
    HiddenValues hidden = new HiddenValues(database, source.environment());
    watch.ready(before.at(), before.invalidIndexes());
    try (CommandUpgrade upgrade = new CommandUpgrade(command, hidden, settings, watch, before)) {
      return upgrade.run();
    }
  }

  private Command command(
      MigrationSource source,
      DatabaseAddress database,
      UpgradeSettings settings,
      List<String> words) {
    Map<String, String> environment = python.environment(source, database);
    environment.put("PGAPPNAME", settings.run().application());
    String ours =
        option("lock_timeout", settings.lockTimeout())
            + option("statement_timeout", settings.statementTimeout())
            + (checksItsClient(database)
                ? option("client_connection_check_interval", UpgradeSettings.CHECKS)
                : "");
    // What the project sets itself is dearer to it than our policy: it comes last, and wins.
    environment.merge("PGOPTIONS", ours, (theirs, own) -> own + " " + theirs);
    return new Command(guarded(words), source.directory(), environment);
  }

  private static String option(String name, Duration value) {
    return " -c " + name + "=" + value.toMillis();
  }

  /** An older server refuses a setting that it does not know. */
  private static boolean checksItsClient(DatabaseAddress database) {
    try (DatabaseSession session = DatabaseSession.open(database, LOOK)) {
      return Integer.parseInt(session.value("show server_version_num")) >= CHECKS_ITS_CLIENT;
    }
  }

  private List<String> guarded(List<String> words) {
    List<String> command = new ArrayList<>(List.of("python3", guard.path().toString()));
    command.addAll(words);
    return command;
  }

  private static MigrationException notStarted(IOException missing) {
    return new MigrationException(
        Fault.TOOL,
        "Starting the project's command",
        "python3",
        // The directory is one of ours and of no interest.
        String.valueOf(missing.getMessage()).replaceFirst(" \\(in directory \"[^\"]*\"\\)", ""),
        "The worker's machine needs a python3: it ends the command when the worker dies.");
  }

  /** Makes what it needs; it may take minutes, the first time. */
  void prepare(MigrationSource source, DatabaseAddress database, List<String> command) {
    words(source, database, command);
  }
}
