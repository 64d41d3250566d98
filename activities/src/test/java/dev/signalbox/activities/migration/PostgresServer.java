package dev.signalbox.activities.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** The real PostgreSQL and the Python with Alembic that all tests of one run share. */
public final class PostgresServer {
  /** Of the role that must say it. */
  public static final String PASSWORD = "canary-of-the-guarded";

  private static PostgresServer shared;

  private final Path python;
  private final Process process;
  private final String uri;
  private final Path programs;

  private PostgresServer() throws IOException {
    Path directory = Files.createTempDirectory("signalbox-test-");
    Path requirements = copied("requirements.txt", directory);
    python =
        new PythonEnvironment(System.getenv())
            .with(
                "tests",
                List.of("-r", requirements.toString()),
                Files.readString(requirements),
                directory);
    process =
        new ProcessBuilder(python.toString(), copied("postgres.py", directory).toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    // It ends when its standard input does: with this process, whatever becomes of that.
    JsonNode ready =
        new ObjectMapper()
            .readTree(
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine());
    uri = ready.get("uri").asText();
    programs = Path.of(ready.get("bin").asText());
    query(uri, "create role guarded login createdb password '" + PASSWORD + "'");
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

  /** Where its pg_dump, pg_restore and psql are. */
  public Path programs() {
    return programs;
  }

  /** The address of the database that every server has. */
  public String maintenance() {
    return uri;
  }

  /** The address of a new, empty database. */
  public String database() {
    String name = "t" + UUID.randomUUID().toString().replace("-", "");
    query(uri, "create database " + name);
    return named(name);
  }

  /** The address of the database of this name, there or not. */
  public String named(String database) {
    return uri.replaceFirst("/postgres$", "/" + database);
  }

  /**
   * The same address for a role that, other than all the rest, must say its {@link #PASSWORD}. It
   * may make databases, and owns none.
   */
  public String guarded(String address, String password) {
    return address.replace("//postgres@", "//guarded:" + password + "@");
  }

  /** What psql prints, without ornaments. */
  public String query(String address, String sql) {
    try {
      Process psql =
          new ProcessBuilder(
                  programs.resolve("psql").toString(), "-XqAt", "-v", "ON_ERROR_STOP=1", address)
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

  private static Path copied(String name, Path directory) throws IOException {
    try (InputStream source = PostgresServer.class.getResourceAsStream(name)) {
      Path file = directory.resolve(name);
      Files.copy(source, file);
      return file;
    }
  }
}
