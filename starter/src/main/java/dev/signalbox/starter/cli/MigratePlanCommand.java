package dev.signalbox.starter.cli;

import dev.signalbox.activities.migration.AlembicTool;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationSource;
import dev.signalbox.activities.migration.PythonEnvironment;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.starter.engine.Engine;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.Bearing;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.migration.DowngradePlan;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.plan.SchemaReport.At;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What an upgrade of a database would do: of an environment's, asked through the worker; or of a
 * project on this disk, without anything else.
 */
@Command(
    name = "plan",
    description =
        "What an upgrade would do to the database: each pending revision, its SQL, what it means"
            + " for the code that runs. It connects read-only; the project's own env.py and"
            + " revisions are run to see their SQL, and may do what your user may.")
final class MigratePlanCommand extends EngineCommand {
  private static final String FROM_ENVIRONMENT = "env:";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment whose database is asked about; or say --directory.")
  String environment;

  @Option(
      names = "--commit",
      paramLabel = "SHA",
      description = "With ENV: 7 to 40 hex; else the head of the source branch.")
  String commit;

  @Option(
      names = "--directory",
      paramLabel = "PATH",
      description =
          "Of a project on this disk: where alembic.ini lies, or a pyproject.toml with"
              + " [tool.alembic].")
  Path source;

  @Option(
      names = "--database",
      paramLabel = "env:NAME",
      description = "The environment variable that holds the database address.")
  String database;

  @Option(
      names = "--python",
      paramLabel = "COMMAND",
      description =
          "How the project's own Python is started, as \"uv run python\"; else found by .venv,"
              + " uv.lock, poetry.lock or requirements.txt.")
  String python;

  @Option(
      names = "--to",
      paramLabel = "REV",
      description =
          "The schema revision to reach, by its id: up to it, or down to it with what is lost; else"
              + " the head.")
  String to;

  @Option(names = "--sql", description = "Print the SQL of each revision too.")
  boolean sql;

  MigratePlanCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run() {
    if ((environment == null) == (source == null) || (source != null && database == null)) {
      throw new TroubleException(
          Trouble.usage(
              "Understanding what to plan",
              "migrate plan",
              environment != null && source != null
                  ? "an environment and --directory were given, and it takes one, not both"
                  : "it wants an environment, or a directory with a database",
              "Say `signalbox migrate plan ENV`, or --directory PATH --database env:NAME."));
    }
    if (to != null) {
      DowngradePlan.mistake(to)
          .ifPresent(
              why -> {
                throw new TroubleException(
                    Trouble.usage(
                        "Understanding what to plan", "--to " + to, why, "Name it by its id."));
              });
    }
    return environment == null ? runHere() : runThere();
  }

  private int runThere() {
    PipelineFile pipelines = pipelines();
    requireEnvironment(pipelines, environment);
    commit = Targets.commit(commit);
    try (Engine engine = Engine.connect(address, surroundings.environment(), directory())) {
      SignalboxClient client = client(engine, pipelines);
      At at = SignOfLife.during(surroundings, "the worker reads the revisions", () -> read(client));
      if (at.plan() != null) {
        print(at.plan(), at.down(), at.bearing());
        return exit(at);
      }
      throw new TroubleException(
          new Trouble(
              exit(at),
              "Planning the migrations of " + at.revision(),
              environment,
              at.unread().replaceFirst("\\.$", ""),
              "Check [migrations], the database and its variable; the worker's"
                  + " .signalbox/signalbox.log has the whole story."));
    }
  }

  private At read(SignalboxClient client) {
    if (to == null) {
      return client.schema(environment, commit).asked();
    }
    String live =
        client.ledger(environment).map(LedgerStatus::lastGood).map(LiveSet::revision).orElse(null);
    return client.schemaTowards(environment, commit, live, to).asked();
  }

  private void print(MigrationPlan plan, DowngradePlan down, Bearing bearing) {
    MigrationPlanView view = new MigrationPlanView(printer(), sql);
    if (to == null) {
      view.print(plan);
    } else if (down == null) {
      view.printUp(plan, to);
    } else {
      view.printDown(plan, down, bearing);
    }
  }

  /** 0: it could begin, or there is nothing to do; 1: it could not; 3: not reached. */
  static int exit(At at) {
    if (at.plan() == null) {
      return at.permanent() ? Exit.NOT_SO : Exit.NOT_REACHED;
    }
    return at.bearing() != null && !at.bearing().borne() ? Exit.NOT_SO : exit(at.plan(), at.down());
  }

  private static int exit(MigrationPlan plan, DowngradePlan down) {
    boolean may = down == null ? plan.state().mayRun() : down.refused() == null;
    return may ? Exit.DONE : Exit.NOT_SO;
  }

  private int runHere() {
    Path directory = directory().resolve(source).normalize();
    if (!Files.isDirectory(directory)) {
      throw new TroubleException(
          Trouble.usage(
              "Finding the project",
              directory.toString(),
              "there is no such directory",
              "Say with --directory where alembic.ini or pyproject.toml lies."));
    }
    try (SignOfLife sign = SignOfLife.of(surroundings, "starting")) {
      AlembicTool alembic = new AlembicTool(new PythonEnvironment(surroundings.environment()));
      MigrationSource project =
          new MigrationSource(directory, null, command(), surroundings.environment());
      MigrationPlan plan = alembic.plan(project, address(), sign::say);
      Optional<MigrationPlan> wanted = to == null ? Optional.of(plan) : plan.upTo(to);
      DowngradePlan down =
          wanted.isPresent() || plan.state() == MigrationPlan.State.NO_ALEMBIC
              ? null
              : alembic.planCountedDowngrade(project, address(), to);
      sign.end();
      print(wanted.orElse(plan), down, null);
      return exit(wanted.orElse(plan), down);
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
    List<String> words = new ArrayList<>(List.of(python.strip().split("\\s+", -1)));
    String program = words.get(0);
    if (isProgram(directory().resolve(program)) && !program.isEmpty()) {
      words.set(0, directory().resolve(program).toAbsolutePath().toString());
    } else if (program.isEmpty() || program.contains("/") || !onThePath(program)) {
      throw new TroubleException(
          Trouble.usage(
              "Finding the project's Python",
              "--python " + python,
              "there is no such program",
              "Say how it is started, as --python \"uv run python\"."));
    }
    return words;
  }

  private boolean onThePath(String program) {
    return Stream.of(surroundings.environment().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(place -> !place.isEmpty() && isProgram(Path.of(place).resolve(program)));
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
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
    DatabaseAddress address = new DatabaseAddress(name, value.strip());
    if (!address.usable()) {
      throw new TroubleException(
          Trouble.usage(
              "Reading the database address",
              name,
              "it is no address of a PostgreSQL with host and database",
              "Set it to postgresql://user:password@host:port/database."));
    }
    return address;
  }
}
