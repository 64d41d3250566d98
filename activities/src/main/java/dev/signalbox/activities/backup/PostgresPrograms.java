package dev.signalbox.activities.backup;

import java.nio.file.Path;

/**
 * PostgreSQL's own programs of one version.
 *
 * @param version as they say it: {@code 15.18}
 */
record PostgresPrograms(Path dump, Path restore, String version) {
  /** From this one on pg_restore sets a parameter that older servers do not know. */
  private static final int SETS_TRANSACTION_TIMEOUT = 17;

  /** The part of a version that decides what understands what. */
  static int major(String version) {
    String digits = version.replaceFirst("[^0-9].*", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  int major() {
    return major(version);
  }

  /** Whether restoring into this server begins with an error that means nothing. */
  boolean beginsWithAnError(int server) {
    return major() >= SETS_TRANSACTION_TIMEOUT && server < SETS_TRANSACTION_TIMEOUT;
  }
}
