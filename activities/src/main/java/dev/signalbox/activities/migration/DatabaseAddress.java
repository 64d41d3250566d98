package dev.signalbox.activities.migration;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a database is, with its password. It goes to a child process by environment and nowhere
 * else.
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

  /** Host, port and database, without user and password. */
  public String place() {
    URI uri = uri();
    if (uri == null || uri.getHost() == null) {
      return variable;
    }
    return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getRawPath();
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
    URI uri = uri();
    String user = uri == null ? null : uri.getRawUserInfo();
    if (user != null && user.contains(":")) {
      String password = user.substring(user.indexOf(':') + 1);
      found.add(user);
      found.add(password);
      found.add(URLDecoder.decode(password.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    found.removeIf(String::isEmpty);
    return List.copyOf(found);
  }

  private URI uri() {
    try {
      return URI.create(value);
    } catch (IllegalArgumentException unusual) {
      return null;
    }
  }

  @Override
  public String toString() {
    return variable + " (" + place() + ")";
  }
}
