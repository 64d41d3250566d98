package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.activities.migration.Pooler;
import dev.signalbox.workflows.Excerpt;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What pg_dump and pg_restore say on standard error, as one sentence. Only the first error counts,
 * and of what follows it only the lock that was waited for: DETAIL and CONTEXT show values of rows.
 */
final class ProgramFailure {
  private static final int LONGEST = 300;
  private static final Pattern ERROR = Pattern.compile("^\\S*pg_(?:dump|restore)\\S*: error: ");
  private static final Pattern LOCK = Pattern.compile(".*Query was: (LOCK TABLE .*)");

  /** Of libpq and of the server: the connection is away, which says nothing of the database. */
  private static final Pattern AWAY =
      Pattern.compile(
          "connection to server|server closed the connection|terminating connection"
              + "|the database system is|no connection to the server|could not connect"
              + "|remaining connection slots");

  private static final Pattern FULL = Pattern.compile("No space left on device|disk full");

  private final String tried;
  private final DatabaseAddress database;

  ProgramFailure(String tried, DatabaseAddress database) {
    this.tried = tried;
    this.database = database;
  }

  MigrationException of(List<String> said, int exit) {
    String error =
        said.stream()
            .filter(line -> ERROR.matcher(line).find())
            // A pg_restore of 17 and newer begins with it on an older server, and goes on.
            .min(Comparator.comparing(line -> line.contains(Restoring.UNKNOWN_THERE)))
            .map(line -> ERROR.matcher(line).replaceFirst(""))
            .orElse(said.isEmpty() ? "exit code " + exit : said.get(said.size() - 1));
    String lock =
        said.stream()
            .map(LOCK::matcher)
            .filter(found -> found.matches())
            .findFirst()
            .map(found -> " (" + found.group(1) + ")")
            .orElse("");
    return new MigrationException(
        isAway(error) ? Fault.UNREACHABLE : Fault.REFUSED,
        tried,
        database.toString(),
        clean(error) + lock,
        Pooler.refuses(error) ? Pooler.directPort(database.variable()) : next(error, lock));
  }

  private static boolean isAway(String error) {
    return AWAY.matcher(error).find() && !Pooler.refuses(error);
  }

  private String clean(String error) {
    return Excerpt.of(
        database.hiddenIn(error).replaceAll("\\s+", " ").replaceAll("[.:\\s]+$", ""), LONGEST);
  }

  private static String next(String error, String lock) {
    if (!lock.isEmpty()) {
      return "Somebody keeps this table locked, a migration for example: try again when it is"
          + " over.";
    }
    if (FULL.matcher(error).find()) {
      return "Make room on the database's disk.";
    }
    // The second is how PostgreSQL 14 and older say it.
    if ((error.contains("extension") && error.contains("is not available"))
        || error.contains("could not open extension control file")) {
      return "Install the extension on the database's server.";
    }
    if (error.contains("row-level security")) {
      return "Give the role of this address BYPASSRLS: what a policy hides would be missing.";
    }
    if (error.contains("permission denied")) {
      return "Give the role of this address the right to read everything.";
    }
    if (isAway(error)) {
      return "It is tried again.";
    }
    return "See whether the same command works by hand.";
  }
}
