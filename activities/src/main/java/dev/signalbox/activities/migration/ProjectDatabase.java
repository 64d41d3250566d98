package dev.signalbox.activities.migration;

import java.util.Map;

/**
 * A project's database as its own service has it at this moment.
 *
 * @param address with the password
 * @param variables everything that Railway gives to that service, secrets too
 */
public record ProjectDatabase(DatabaseAddress address, Map<String, String> variables) {
  public ProjectDatabase {
    variables = Map.copyOf(variables);
  }

  /** Without any value. */
  @Override
  public String toString() {
    return address.toString();
  }
}
