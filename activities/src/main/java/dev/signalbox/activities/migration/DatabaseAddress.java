package dev.signalbox.activities.migration;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a database is, with its password. It goes to a child process by environment and to the
 * driver, and nowhere else.
 *
 * @param variable under which the project's code reads it
 */
public record DatabaseAddress(String variable, String value) {
  private static final String MASK = "***";

  public DatabaseAddress {
    if (variable == null || variable.isBlank() || value == null || value.isBlank()) {
      throw new IllegalArgumentException("database address: want a variable and its value");
    }
  }

  /** Its parts; empty = {@link #usable} is not so. */
  Optional<PostgresUrl> url() {
    return PostgresUrl.read(value);
  }

  /** Whether it names a PostgreSQL by host and port, with a database. */
  public boolean usable() {
    return url().isPresent();
  }

  /** Host, port and database, without user and password. */
  public String place() {
    return url().map(PostgresUrl::place).orElse(variable);
  }

  /** Whether both lead to one database by one role. */
  boolean leadsWhere(DatabaseAddress other) {
    return place().equals(other.place())
        && url().map(PostgresUrl::user).equals(other.url().map(PostgresUrl::user))
        && url().map(PostgresUrl::password).equals(other.url().map(PostgresUrl::password));
  }

  /** Its name; empty = the address is not {@link #usable}. */
  public String database() {
    return url().map(PostgresUrl::database).orElse("");
  }

  /**
   * The same server with the same user.
   *
   * @param database another one's name, of letters, digits and {@code _}
   */
  public DatabaseAddress of(String database) {
    return new DatabaseAddress(variable, PostgresUrl.renamed(value, database));
  }

  /**
   * The same database by another role.
   *
   * @param role of letters, digits and {@code _}, as the password
   */
  DatabaseAddress as(String role, String password) {
    return new DatabaseAddress(variable, PostgresUrl.by(value, role, password));
  }

  /** What PostgreSQL's own programs read it from, the password too. */
  public Map<String, String> environment() {
    return url().map(PostgresUrl::environment).orElse(Map.of());
  }

  /** The text without this address, its password and what it is encoded as. */
  public String hiddenIn(String text) {
    String hidden = text;
    for (String secret : secrets()) {
      hidden = hidden.replace(secret, MASK);
    }
    return hidden;
  }

  private List<String> secrets() {
    Set<String> found = new LinkedHashSet<>();
    found.add(value);
    int at = value.indexOf('@');
    int begin = value.indexOf("://");
    if (begin >= 0 && at > begin) {
      String user = value.substring(begin + 3, at);
      if (user.contains(":")) {
        found.add(user);
        found.add(user.substring(user.indexOf(':') + 1));
      }
    }
    url()
        .map(PostgresUrl::password)
        .ifPresent(
            password -> {
              found.add(password);
              found.add(URLEncoder.encode(password, StandardCharsets.UTF_8));
            });
    found.removeIf(String::isEmpty);
    // The longest first: else a part of it is gone before the whole is looked for.
    return found.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** Without its value. */
  @Override
  public String toString() {
    return variable + (usable() ? " (" + place() + ")" : "");
  }
}
