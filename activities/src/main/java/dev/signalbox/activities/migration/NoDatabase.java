package dev.signalbox.activities.migration;

import java.util.HashMap;
import java.util.Map;

/** A service's variables where nobody is to reach the database that they name. */
final class NoDatabase {
  /** Nothing listens there. */
  private static final String NOWHERE = "postgresql://nobody@127.0.0.1:1/not_asked";

  private NoDatabase() {}

  /**
   * @param variable where the project's code looks for the address, whether it is among them or not
   */
  static ProjectDatabase of(String variable, Map<String, String> variables) {
    Map<String, String> harmless = new HashMap<>(variables);
    // What libpq and its like would go by.
    harmless.keySet().removeIf(name -> name.startsWith("PG"));
    harmless.replaceAll(
        (name, value) ->
            PostgresUrl.read(value.strip()).isPresent()
                ? value.strip().substring(0, value.strip().indexOf("://"))
                    + NOWHERE.substring(NOWHERE.indexOf("://"))
                : value);
    harmless.putIfAbsent(variable, NOWHERE);
    return new ProjectDatabase(
        new DatabaseAddress(
            variable, harmless.get(variable).isBlank() ? NOWHERE : harmless.get(variable)),
        harmless);
  }
}
