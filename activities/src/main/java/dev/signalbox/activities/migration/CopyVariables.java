package dev.signalbox.activities.migration;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service's variables with each address of its database leading to the copy: code may read
 * another variable than the one that is configured, and must not find the real database there.
 */
final class CopyVariables {
  private static final Pattern SCHEME = Pattern.compile("^[a-z0-9+]+://");

  /** One that is written in parts: {@code PGUSER}, {@code DB_NAME}. */
  private static final Pattern PART =
      Pattern.compile(
          "(PG|(?:POSTGRES|POSTGRESQL|DB|DATABASE)_)"
              + "(?:(DATABASE|DB|DBNAME|DB_NAME|NAME)|(HOST)|(USER|USERNAME)|(PASSWORD|PASS|PWD))");

  private static final int DATABASE = 2;
  private static final int HOST = 3;
  private static final int USER = 4;
  private static final int PASSWORD = 5;

  private CopyVariables() {}

  static Map<String, String> of(
      Map<String, String> variables, DatabaseAddress real, DatabaseAddress copy) {
    Map<String, String> all = new HashMap<>(variables);
    Optional<PostgresUrl> own = real.url();
    String copied = SCHEME.matcher(copy.value()).replaceFirst("");
    all.replaceAll(
        (name, value) -> {
          if (own.isPresent() && same(own.get(), PostgresUrl.read(value.strip()))) {
            // With its own driver, and the host that is known to lead there.
            return value.strip().substring(0, value.strip().indexOf("://") + 3) + copied;
          }
          return name.startsWith("PG") && value.equals(real.database()) ? copy.database() : value;
        });
    if (own.isPresent() && copy.url().isPresent()) {
      leadParts(all, own.get(), copy.url().get());
    }
    return all;
  }

  /** Those of one prefix lead there where they name the database and no other host. */
  private static void leadParts(Map<String, String> all, PostgresUrl real, PostgresUrl copy) {
    for (String prefix : prefixes(all, real, copy)) {
      all.replaceAll(
          (name, value) -> {
            Matcher part = PART.matcher(name);
            if (!part.matches() || !part.group(1).equals(prefix)) {
              return value;
            }
            if (part.group(DATABASE) != null) {
              return copy.database();
            }
            String said = part.group(USER) != null ? copy.user() : value;
            said = part.group(PASSWORD) != null ? copy.password() : said;
            return said == null ? value : said;
          });
    }
  }

  private static Set<String> prefixes(Map<String, String> all, PostgresUrl real, PostgresUrl copy) {
    Set<String> leading = new HashSet<>();
    Set<String> elsewhere = new HashSet<>();
    all.forEach(
        (name, value) -> {
          Matcher part = PART.matcher(name);
          if (part.matches()) {
            if (part.group(DATABASE) != null
                && (value.equals(real.database()) || value.equals(copy.database()))) {
              leading.add(part.group(1));
            }
            if (part.group(HOST) != null
                && !value.equalsIgnoreCase(real.host())
                && !value.equalsIgnoreCase(copy.host())
                && !Objects.equals(real.user(), all.get(part.group(1) + "USER"))) {
              elsewhere.add(part.group(1));
            }
          }
        });
    leading.removeAll(elsewhere);
    return leading;
  }

  /** By another role, or by another host: a private and a public one lead to one server. */
  private static boolean same(PostgresUrl one, Optional<PostgresUrl> other) {
    return other.isPresent()
        && one.database().equals(other.get().database())
        && (one.place().equals(other.get().place())
            || (Objects.equals(one.user(), other.get().user())
                && Objects.equals(one.password(), other.get().password())));
  }
}
