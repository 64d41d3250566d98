package dev.signalbox.activities.migration;

import dev.signalbox.workflows.migration.DatabaseIdentity;

/** Asks a database which one it is, as far as it tells our role. */
final class DatabaseIdentities {
  // Its manual: "9.28. System Information Functions", Control Data Functions.
  private static final String MAY_ASK =
      "select has_function_privilege('pg_control_system()', 'execute')";

  private static final String WHO =
      "select system_identifier::text || '/' || (select oid from pg_database where datname ="
          + " current_database()) from pg_control_system()";

  private DatabaseIdentities() {}

  /**
   * @throws MigrationException it does not answer
   */
  static DatabaseIdentity of(DatabaseAddress address) {
    try (DatabaseSession session = DatabaseSession.open(address, "signalbox-look")) {
      String who = session.value(MAY_ASK).equals("t") ? session.value(WHO) : null;
      return new DatabaseIdentity(
          address.place(), who == null ? null : PythonEnvironment.hash(who).substring(0, 16));
    }
  }
}
