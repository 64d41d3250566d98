package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.backup.KeptDatabase;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Databases as they were before restores. They are known by what is said about them and by their
 * names, so that nothing else that stands beside is taken for one.
 */
final class KeptDatabases {
  private static final String SAID = "signalbox: as it was before the restore of ";
  private static final String SAVED = "; saved as ";
  private static final Pattern COMMENT =
      Pattern.compile(SAID + "([0-9TZ:.-]+)(?:" + SAVED + "(\\S+))?");

  private static final String ALL =
      """
      select datname, pg_database_size(oid), shobj_description(oid, 'pg_database')
        from pg_database
       where starts_with(datname, ?) and pg_has_role(datdba, 'USAGE')
         and datname <> current_database() and shobj_description(oid, 'pg_database') is not null
      """;

  private KeptDatabases() {}

  /**
   * What is said about one.
   *
   * @param saved id of the backup of it; null = there is none
   */
  static String said(Instant at, String saved) {
    return SAID + at + (saved == null ? "" : SAVED + saved);
  }

  /** Newest first. */
  static List<KeptDatabase> of(DatabaseAddress address) {
    try (DatabaseSession session = DatabaseSession.open(address, "signalbox-list")) {
      return session
          .rows(
              ALL,
              row -> read(row.getString(1), row.getLong(2), row.getString(3)),
              DatabaseSwap.begin(address.database()))
          .stream()
          .flatMap(Optional::stream)
          .sorted(Comparator.comparing(KeptDatabase::at).reversed())
          .toList();
    }
  }

  private static Optional<KeptDatabase> read(String name, long bytes, String said) {
    Matcher comment = COMMENT.matcher(said);
    return comment.matches()
        ? Optional.of(
            new KeptDatabase(name, Instant.parse(comment.group(1)), bytes, comment.group(2)))
        : Optional.empty();
  }

  /**
   * @throws MigrationException {@code REFUSED}: no restore has kept it
   */
  static KeptDatabase require(DatabaseAddress address, String name) {
    return of(address).stream()
        .filter(kept -> kept.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    name,
                    "no restore of this database has kept it",
                    "`signalbox backup list` shows those that were."));
  }

  static MigrationException notSaved(KeptDatabase kept, String why) {
    return refused(
        kept.name(),
        why + ", so it may be all that is left of what was there",
        "Save what you need of it, and drop it by hand: DROP DATABASE " + kept.name() + ".");
  }

  private static MigrationException refused(String name, String answer, String next) {
    return new MigrationException(
        Fault.REFUSED, "Dropping a database that a restore kept", name, answer, next);
  }
}
