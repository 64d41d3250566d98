package dev.signalbox.activities.backup;

import java.nio.file.Path;

/**
 * PostgreSQL's own programs of one version.
 *
 * @param version as they say it: {@code 15.18}
 * @param server major version of the one that they are used with; 0 = not known yet
 */
record PostgresPrograms(Path dump, Path restore, String version, int server) {
  /** From this one on pg_restore sets a parameter that older servers do not know. */
  private static final int SETS_TRANSACTION_TIMEOUT = 17;

  private static final int NOTICES_LOST_CLIENTS = 14;

  /** The part of a version that decides what understands what. */
  static int major(String version) {
    String digits = version.replaceFirst("[^0-9].*", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  int major() {
    return major(version);
  }

  PostgresPrograms with(int other) {
    return new PostgresPrograms(dump, restore, version, other);
  }

  /** Whether the server can look whether its client is still there. */
  boolean noticesLostClients() {
    return server >= NOTICES_LOST_CLIENTS;
  }

  /** Whether restoring begins with an error that means nothing. */
  boolean beginsWithAnError() {
    return major() >= SETS_TRANSACTION_TIMEOUT && server < SETS_TRANSACTION_TIMEOUT;
  }
}
