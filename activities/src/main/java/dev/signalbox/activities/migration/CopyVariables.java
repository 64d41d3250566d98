package dev.signalbox.activities.migration;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A service's variables with each address of its database leading to the copy: code may read
 * another variable than the one that is configured, and must not find the real database there.
 */
final class CopyVariables {
  private static final Pattern SCHEME = Pattern.compile("^[a-z0-9+]+://");

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
    return all;
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
