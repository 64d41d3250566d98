package dev.signalbox.starter.demo;

import dev.signalbox.activities.migration.PythonEnvironment;
import dev.signalbox.sandbox.DemoRepository;
import dev.signalbox.sandbox.SandboxSettings.InstanceSettings;
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
import java.util.List;
import java.util.Map;

/**
 * The real PostgreSQL behind the demo's backend, with a database for each environment, and the
 * Python that migrates them.
 */
final class DemoDatabase implements AutoCloseable {
  private final LocalPostgres server;
  private final Map<String, String> addresses;
  private final Path python;

  private DemoDatabase(LocalPostgres server, Path python) {
    this.server = server;
    this.python = python;
    this.addresses =
        Map.of(
            Stage.STAGING, server.database("inspector_staging"),
            Stage.PRODUCTION, server.database("inspector_production"));
  }

  /**
   * Starts it; installs what is missing into the user's cache, once.
   *
   * @param directory for files that are needed on the way
   */
  static DemoDatabase start(Path directory) {
    PythonEnvironment environments = new PythonEnvironment(System.getenv());
    LocalPostgres server = DemoPostgres.start(directory);
    try {
      Path requirements = directory.resolve("requirements.txt");
      Files.writeString(requirements, DemoRepository.REQUIREMENTS);
      // The same environment as the worker makes for these requirements.
      Path python =
          environments.with(
              "project",
              List.of("-r", requirements.getFileName().toString()),
              DemoRepository.REQUIREMENTS,
              directory);
      return new DemoDatabase(server, python);
    } catch (IOException unwritable) {
      server.close();
      throw new UncheckedIOException("writing the demo's requirements", unwritable);
    } catch (RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  /** What Railway has of it. Each release of the backend brings its own database up to date. */
  List<InstanceSettings> instances() {
    String migrate = python + " -m alembic upgrade head";
    return addresses.entrySet().stream()
        .map(
            database ->
                new InstanceSettings(
                    database.getKey(),
                    "backend",
                    Map.of(DemoRepository.ADDRESS, database.getValue()),
                    migrate))
        .toList();
  }

  /** Where pg_dump of the server's own version lies. */
  Path programs() {
    return server.programs();
  }

  String version() {
    return server.version();
  }

  /** What a query answers: the first column, a line for each row. */
  List<String> lines(String database, String sql) {
    try (Connection connection =
            DriverManager.getConnection(LocalPostgres.jdbc(server.address(database)));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
      return lines;
    } catch (SQLException refused) {
      throw new IllegalStateException(database + ": " + refused.getMessage(), refused);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
