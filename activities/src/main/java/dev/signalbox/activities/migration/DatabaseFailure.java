package dev.signalbox.activities.migration;

import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.Excerpt;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/** What a driver or the server says of a connection, as a sentence that helps. */
final class DatabaseFailure {
  private static final int LONGEST = 300;

  /** The driver's for what the server demands or lacks: a password, encryption. */
  private static final String NOT_ACCEPTED = "08004";

  /** The server shuts down, starts up, or has no connection left. */
  private static final Set<String> NOT_NOW = Set.of("57P01", "57P02", "57P03", "53300");

  private final DatabaseAddress address;

  DatabaseFailure(DatabaseAddress address) {
    this.address = address;
  }

  MigrationException connecting(SQLException failed) {
    return of("Connecting to the database", failed);
  }

  MigrationException asking(SQLException failed) {
    return of("Asking the database", failed);
  }

  /** The driver's exception is not handed on as a cause: it may quote rows and the address. */
  private MigrationException of(String tried, SQLException failed) {
    String state = String.valueOf(failed.getSQLState());
    String said = line(String.valueOf(failed.getMessage()));
    if (state.equals("53100")) {
      return new MigrationException(
          Fault.REFUSED, tried, address.toString(), said, "Make room on the database's disk.");
    }
    if (state.equals(NOT_ACCEPTED) || state.startsWith("28") || state.startsWith("3D")) {
      return new MigrationException(
          Fault.REFUSED,
          tried,
          address.toString(),
          said,
          "Correct the address in " + address.variable() + ".");
    }
    if (Pooler.refuses(said)) {
      return new MigrationException(
          Fault.REFUSED, tried, address.toString(), said, Pooler.directPort(address.variable()));
    }
    // 08: no connection, or it was lost. A cause: the driver had no answer.
    if (state.startsWith("08") || NOT_NOW.contains(state) || failed.getCause() != null) {
      return unreachable(tried, said);
    }
    return new MigrationException(
        Fault.REFUSED,
        tried,
        address.toString(),
        said + " (SQLSTATE " + state + ")",
        "See what this role may do there.");
  }

  MigrationException unreachable(String tried, String said) {
    return new MigrationException(
        Fault.UNREACHABLE, tried, address.toString(), said, whereToLook());
  }

  private String whereToLook() {
    return address.url().filter(PostgresUrl::privateNetwork).isPresent()
        ? "This host is known in Railway's private network only: name the variable with the public"
            + " address, usually DATABASE_PUBLIC_URL."
        : "See that it runs and can be reached from here.";
  }

  private String line(String text) {
    String first = text.lines().findFirst().orElse("").strip();
    String sentence =
        first.toLowerCase(Locale.ROOT).startsWith("fatal:") ? first.substring(6) : first;
    return Excerpt.of(
        address.hiddenIn(sentence.strip()).replaceAll("\\s+", " ").replaceAll("\\.$", ""), LONGEST);
  }
}
