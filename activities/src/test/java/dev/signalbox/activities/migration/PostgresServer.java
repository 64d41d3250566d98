package dev.signalbox.activities.migration;

import dev.signalbox.sandbox.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/** The real PostgreSQL and the Python with Alembic that all tests of one run share. */
public final class PostgresServer {
  /** Of the role that must say it. */
  public static final String PASSWORD = "canary-of-the-guarded";

  private static PostgresServer shared;

  private final Path python;
  private final LocalPostgres server;

  private PostgresServer() throws IOException {
    python = TestPython.with("tests", PostgresServer.class, "requirements.txt");
    server = started(System.getProperty("signalbox.postgres", ""));
    query(maintenance(), "create role guarded login createdb password '" + PASSWORD + "'");
    query(maintenance(), "create role maker login createdb createrole password '" + PASSWORD + "'");
  }

  /**
   * @param wanted the package's 16 or 18, {@code installed} for that of this machine, or nothing
   *     for what the package has by itself
   */
  private LocalPostgres started(String wanted) {
    if (wanted.isEmpty()) {
      return LocalPostgres.of(python);
    }
    return wanted.equals("installed")
        ? LocalPostgres.installed().orElseThrow()
        : LocalPostgres.of(python, Integer.parseInt(wanted));
  }

  public static synchronized PostgresServer shared() {
    if (shared == null) {
      try {
        shared = new PostgresServer();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
    return shared;
  }

  /** A Python that has Alembic and a driver. */
  public Path python() {
    return python;
  }

  /** The server itself. */
  public LocalPostgres server() {
    return server;
  }

  /** Where its pg_dump, pg_restore and psql are. */
  public Path programs() {
    return server.programs();
  }

  /** The address of the database that every server has. */
  public String maintenance() {
    return server.address("postgres");
  }

  /** The address of a new, empty database. */
  public String database() {
    String name = "t" + UUID.randomUUID().toString().replace("-", "");
    return server.database(name);
  }

  /** The address of the database of this name, there or not. */
  public String named(String database) {
    return server.address(database);
  }

  /** The same address for a role with {@link #PASSWORD}. It may make databases, and owns none. */
  public String guarded(String address, String password) {
    return address.replaceFirst("//postgres:[^@]*@", "//guarded:" + password + "@");
  }

  /** The server by a role that may make databases and roles, and owns none. */
  public String maker() {
    return maintenance().replaceFirst("//postgres:[^@]*@", "//maker:" + PASSWORD + "@");
  }

  /** What psql prints, without ornaments. */
  public String query(String address, String sql) {
    try {
      Process psql =
          new ProcessBuilder(
                  programs().resolve("psql").toString(), "-XqAt", "-v", "ON_ERROR_STOP=1", address)
              .redirectErrorStream(true)
              .start();
      psql.getOutputStream().write(sql.getBytes(StandardCharsets.UTF_8));
      psql.getOutputStream().close();
      String answer =
          new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (psql.waitFor() != 0) {
        throw new AssertionError(sql + ": " + answer);
      }
      return answer;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
