package dev.signalbox.starter.cli;

import dev.signalbox.activities.migration.AlembicTool;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationSource;
import dev.signalbox.activities.migration.PythonEnvironment;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.migration.MigrationPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What an upgrade of a database would do; of a project on this disk, without anything else. */
@Command(
    name = "plan",
    description =
        "What an upgrade would do to the database: each pending revision, its SQL, what it means"
            + " for the code that runs. Reads only.")
final class MigratePlanCommand extends SignalboxCommand {
  private static final String FROM_ENVIRONMENT = "env:";

  @Option(
      names = "--directory",
      paramLabel = "PATH",
      required = true,
      description = "Where alembic.ini lies.")
  Path source;

  @Option(
      names = "--database",
      paramLabel = "env:NAME",
      required = true,
      description = "The environment variable that holds the database address.")
  String database;

  @Option(
      names = "--python",
      paramLabel = "COMMAND",
      description =
          "How the project's own Python is started, as \"uv run python\"; else found by .venv,"
              + " uv.lock, poetry.lock or requirements.txt.")
  String python;

  @Option(names = "--sql", description = "Print the SQL of each revision too.")
  boolean sql;

  MigratePlanCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run() {
    Path directory = directory().resolve(source).normalize();
    if (!Files.isDirectory(directory)) {
      throw new TroubleException(
          Trouble.usage(
              "Finding the project",
              directory.toString(),
              "there is no such directory",
              "Say with --directory where alembic.ini lies."));
    }
    try {
      MigrationPlan plan =
          new AlembicTool(new PythonEnvironment(surroundings.environment()))
              .plan(
                  new MigrationSource(directory, null, command(), surroundings.environment()),
                  address());
      new MigrationPlanView(printer()).print(plan, sql);
      return plan.state().mayRun() ? Exit.DONE : Exit.NOT_SO;
    } catch (MigrationException failed) {
      throw new TroubleException(
          new Trouble(
              failed.fault() == MigrationException.Fault.UNREACHABLE
                  ? Exit.NOT_REACHED
                  : Exit.NOT_SO,
              failed.tried(),
              failed.on(),
              failed.answer(),
              failed.next()),
          failed);
    }
  }

  /** A path is meant from here, not from the project's directory. */
  private List<String> command() {
    if (python == null) {
      return List.of();
    }
    List<String> words = new ArrayList<>(List.of(python.strip().split("\\s+")));
    Path here = directory().resolve(words.get(0));
    if (Files.isExecutable(here)) {
      words.set(0, here.toAbsolutePath().toString());
    }
    return words;
  }

  private DatabaseAddress address() {
    String name =
        database.startsWith(FROM_ENVIRONMENT) ? database.substring(FROM_ENVIRONMENT.length()) : "";
    String value = surroundings.environment().get(name);
    if (value == null || value.isBlank()) {
      // The value may be an address with its password: never shown.
      throw new TroubleException(
          Trouble.usage(
              "Finding the database address",
              name.isEmpty() ? "--database" : name,
              name.isEmpty() ? "it does not begin with env:" : "the variable is not set",
              "Put the address into a variable, and say --database env:NAME."));
    }
    return new DatabaseAddress(name, value.strip());
  }
}
