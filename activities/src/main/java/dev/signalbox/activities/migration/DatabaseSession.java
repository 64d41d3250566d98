package dev.signalbox.activities.migration;

import dev.signalbox.activities.migration.MigrationException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * A connection of our own to a project's database. It commits each statement and keeps no
 * transaction open, so that nobody waits for it. Not for several threads.
 */
public final class DatabaseSession implements AutoCloseable {
  private static final String SECONDS_TO_CONNECT = "10";
  private static final Duration TO_ANSWER = Duration.ofSeconds(60);

  /** What libpq calls it, and what the Java driver does. */
  private static final Map<String, String> HANDED_ON =
      Map.of(
          "sslmode", "sslmode",
          "ssl", "sslmode",
          "sslrootcert", "sslrootcert",
          "sslcert", "sslcert",
          "sslkey", "sslkey",
          "sslpassword", "sslpassword",
          "options", "options",
          "channel_binding", "channelBinding",
          "gssencmode", "gssEncMode");

  private static final Set<String> MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  private final DatabaseAddress address;
  private final Connection connection;

  private DatabaseSession(DatabaseAddress address, Connection connection) {
    this.address = address;
    this.connection = connection;
  }

  /**
   * Connects.
   *
   * @param application what the server shall call this connection
   * @throws MigrationException {@code UNREACHABLE}, or {@code REFUSED} by the server
   */
  public static DatabaseSession open(DatabaseAddress address, String application) {
    return open(address, application, TO_ANSWER);
  }

  /**
   * Connects for statements that may take long.
   *
   * @param answer how long the server may be silent
   */
  public static DatabaseSession open(DatabaseAddress address, String application, Duration answer) {
    PostgresUrl url =
        address
            .url()
            .orElseThrow(
                () ->
                    new MigrationException(
                        Fault.REFUSED,
                        "Reading the database address",
                        address.toString(),
                        "it is no address of a PostgreSQL with host and database",
                        "Set it to postgresql://user:password@host:port/database."));
    Properties properties = properties(url);
    properties.setProperty("ApplicationName", application);
    properties.setProperty("socketTimeout", String.valueOf(answer.toSeconds()));
    try {
      // Not by DriverManager: its messages name the address that no driver wanted.
      return new DatabaseSession(address, new Driver().connect(jdbc(url), properties));
    } catch (SQLException refused) {
      throw new DatabaseFailure(address).connecting(refused);
    }
  }

  static String jdbc(PostgresUrl url) {
    String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    return "jdbc:postgresql://" + host + ":" + (url.port() == 0 ? 5432 : url.port()) + "/";
  }

  static Properties properties(PostgresUrl url) {
    Properties properties = new Properties();
    url.parameters()
        .forEach(
            (name, value) -> {
              String known = HANDED_ON.get(name);
              // asyncpg's ssl may also be a word of Python's.
              if (known != null && (!known.equals("sslmode") || MODES.contains(value))) {
                properties.setProperty(known, value);
              }
            });
    properties.setProperty("PGDBNAME", url.database());
    if (url.user() != null) {
      properties.setProperty("user", url.user());
    }
    if (url.password() != null) {
      properties.setProperty("password", url.password());
    }
    properties.setProperty("connectTimeout", SECONDS_TO_CONNECT);
    properties.setProperty("loginTimeout", SECONDS_TO_CONNECT);
    properties.setProperty("tcpKeepAlive", "true");
    // An error's DETAIL shows values of rows.
    properties.setProperty("logServerErrorDetail", "false");
    return properties;
  }

  /** What a row means. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Every row of an answer.
   *
   * @param parameters in the order of the question marks
   * @throws MigrationException as {@link #open}
   */
  public <T> List<T> rows(String sql, Row<T> row, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet answer = statement.executeQuery()) {
        while (answer.next()) {
          rows.add(row.read(answer));
        }
      }
      return rows;
    } catch (SQLException failed) {
      throw new DatabaseFailure(address).asking(failed);
    }
  }

  /** The first column of the first row; null = there is none. */
  public String value(String sql, Object... parameters) {
    List<String> values = rows(sql, row -> row.getString(1), parameters);
    return values.isEmpty() ? null : values.get(0);
  }

  /**
   * Runs a statement that answers nothing.
   *
   * @throws MigrationException as {@link #open}
   */
  public void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      // Braces are PostgreSQL's, and none of the driver's.
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new DatabaseFailure(address).asking(failed);
    }
  }

  /**
   * Gives a role this password. The server is sent what it keeps, and not the password: statements
   * may be logged there.
   *
   * @throws MigrationException as {@link #open}
   */
  void password(String role, String password) {
    try {
      connection.unwrap(PGConnection.class).alterUserPassword(role, password.toCharArray(), null);
    } catch (SQLException failed) {
      throw new DatabaseFailure(address).asking(failed);
    }
  }

  /**
   * Copies rows in, as pg_dump writes them.
   *
   * @param copy the statement
   * @throws IOException the rows cannot be read
   * @throws MigrationException as {@link #open}
   */
  public void copy(String copy, InputStream rows) throws IOException {
    try {
      new CopyManager((BaseConnection) connection).copyIn(copy, rows);
    } catch (SQLException failed) {
      throw new DatabaseFailure(address).asking(failed);
    }
  }

  /** Ends it from another thread, whatever it waits for. */
  public void cut() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException gone) {
      // Then there is nothing to wait for.
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException gone) {
      // The server ends it by itself.
    }
  }
}
