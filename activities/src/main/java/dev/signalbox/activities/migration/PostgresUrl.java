package dev.signalbox.activities.migration;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database address in its parts, as SQLAlchemy and libpq write it: {@code
 * postgresql+asyncpg://user:password@host:5432/name?sslmode=require}. User and password are
 * decoded.
 *
 * @param driver that SQLAlchemy shall take; null = none is named
 * @param user null = none is named
 * @param password null = none is named
 * @param host without the brackets of an IPv6 address
 * @param port 0 = the usual one
 */
record PostgresUrl(
    String driver,
    String user,
    String password,
    String host,
    int port,
    String database,
    Map<String, String> parameters) {
  private static final int HIGHEST_PORT = 65535;

  private static final Map<String, String> LIBPQ =
      Map.of(
          "sslmode", "PGSSLMODE",
          "sslrootcert", "PGSSLROOTCERT",
          "sslcert", "PGSSLCERT",
          "sslkey", "PGSSLKEY",
          "channel_binding", "PGCHANNELBINDING",
          "gssencmode", "PGGSSENCMODE",
          "options", "PGOPTIONS");

  /** As SQLAlchemy reads it: a password may hold anything but an @. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?:postgres|postgresql)(?:\\+(?<driver>\\w+))?://"
              + "(?:(?<user>[^:/@]*)(?::(?<password>[^@]*))?@)?"
              + "(?:\\[(?<six>[0-9a-fA-F:.]+)\\]|(?<host>[^/:?,@\\s]*))"
              + "(?::(?<port>[0-9]{1,5}))?"
              + "(?:/(?<database>[^?\\s]*))?(?:\\?(?<parameters>\\S*))?");

  /** Empty = it is no address of a PostgreSQL that is reached by host and port. */
  static Optional<PostgresUrl> read(String value) {
    Matcher found = FORM.matcher(value);
    if (!found.matches()) {
      return Optional.empty();
    }
    String host = found.group("six") == null ? found.group("host") : found.group("six");
    String database = decoded(found.group("database"));
    int port = found.group("port") == null ? 0 : Integer.parseInt(found.group("port"));
    if (host.isEmpty() || port > HIGHEST_PORT || database == null || database.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PostgresUrl(
            found.group("driver"),
            decoded(found.group("user")),
            decoded(found.group("password")),
            host,
            port,
            database,
            parameters(found.group("parameters"))));
  }

  /** The same address of another database. */
  static String renamed(String value, String database) {
    Matcher found = FORM.matcher(value);
    if (!found.matches() || found.group("database") == null) {
      throw new IllegalArgumentException("database address: it names no database");
    }
    return value.substring(0, found.start("database"))
        + database
        + value.substring(found.end("database"));
  }

  /** The same address by another role; neither it nor its password wants to be encoded. */
  static String by(String value, String role, String password) {
    int begin = value.indexOf("://") + 3;
    Matcher found = FORM.matcher(value);
    if (!found.matches()) {
      throw new IllegalArgumentException("database address: it is none");
    }
    String rest = value.substring(found.start("user") < 0 ? begin : value.indexOf('@', begin) + 1);
    return value.substring(0, begin) + role + ":" + password + "@" + rest;
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> all = new LinkedHashMap<>();
    if (query != null) {
      for (String part : query.split("&", -1)) {
        int equals = part.indexOf('=');
        if (equals > 0) {
          all.put(
              part.substring(0, equals).toLowerCase(Locale.ROOT),
              decoded(part.substring(equals + 1)));
        }
      }
    }
    return all;
  }

  private static String decoded(String text) {
    try {
      // A plus is a plus here: only forms write a blank so.
      return text == null
          ? null
          : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException raw) {
      return text;
    }
  }

  /** The variables of libpq; it reads a URL only as an argument, which everybody sees. */
  Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("PGHOST", host);
    variables.put("PGPORT", String.valueOf(port == 0 ? 5432 : port));
    variables.put("PGDATABASE", database);
    if (user != null) {
      variables.put("PGUSER", user);
    }
    if (password != null) {
      variables.put("PGPASSWORD", password);
    }
    LIBPQ.forEach(
        (parameter, variable) -> {
          if (parameters.containsKey(parameter)) {
            variables.put(variable, parameters.get(parameter));
          }
        });
    return variables;
  }

  /** Whether only Railway's own network of one environment knows the host. */
  boolean privateNetwork() {
    return host.toLowerCase(Locale.ROOT).endsWith(".railway.internal");
  }

  /** Host, port and database. */
  String place() {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return shown + (port == 0 ? "" : ":" + port) + "/" + database;
  }

  /** Its password is in it. */
  @Override
  public String toString() {
    return place();
  }
}
