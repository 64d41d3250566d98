package dev.signalbox.activities.migration;

import dev.signalbox.activities.migration.MigrationException.Fault;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A preview's database on a server that others use too, and where that may be its own role, which
 * owns nothing else. Its comment says whose it is and whether it was seeded; one without that word
 * is somebody's, and stays as it is.
 */
final class OwnDatabase {
  private static final Logger log = LoggerFactory.getLogger(OwnDatabase.class);

  static final String APPLICATION = "signalbox-preview";
  private static final String PREFIX = "signalbox ";
  private static final String SEEDED = "; seeded";

  /** Dropping waits for a checkpoint. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static final String COMMENT =
      "select coalesce(shobj_description(oid, 'pg_database'), '') from pg_database"
          + " where datname = ?";

  /** What somebody else keeps there: anything but what every new database has. */
  private static final String ANYTHING =
      "select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace"
          + " where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' limit 1";

  /** What only a superuser may install: nobody else could have it in the new one. */
  private static final String UNTRUSTED =
      "select extname from pg_extension e"
          + " where exists (select 1 from pg_roles where rolname = current_user and rolsuper)"
          + " and not exists (select 1 from pg_available_extension_versions v"
          + " where v.name = e.extname and v.version = e.extversion and v.trusted)";

  /** Two attempts may overlap: what one has made must not be thrown away by the other. */
  private static final String ALONE =
      "select pg_advisory_lock(hashtextextended('signalbox ' || ?, 0))";

  private final DatabaseAddress server;
  private final String name;
  private final String comment;
  private final OwnRole role;

  /**
   * @param server any database of the server, with a role that may make others
   * @param mark id of the workflow whose preview it is
   */
  OwnDatabase(DatabaseAddress server, String name, String mark) {
    this.server = server;
    this.name = name;
    this.comment = PREFIX + mark + ";";
    this.role = new OwnRole(server, name, comment);
  }

  /**
   * Where it is.
   *
   * @param address with the password
   * @param ownRole whether that is the database's own role, and not the server's
   */
  record Place(DatabaseAddress address, boolean ownRole) {}

  /** By the server's role. */
  private DatabaseAddress address() {
    return server.of(name);
  }

  /**
   * Sees to it that it is there.
   *
   * @param anew what is in it is thrown away first, unless it was made for this very word; null =
   *     it stays
   * @param known how it was reached before; empty = it was not
   * @throws MigrationException {@code REFUSED}: the role may make none, or the name is somebody's
   */
  Place ensure(String anew, Optional<DatabaseAddress> known) {
    String made = comment + " made " + (anew == null ? "again" : anew);
    try (DatabaseSession session = DatabaseSession.open(server, APPLICATION, LONGEST)) {
      var unused = session.value(ALONE, name);
      Optional<String> found = comment(session);
      found.ifPresent(text -> requireOurs(session, text));
      boolean kept =
          found.isPresent()
              && !found.get().isEmpty()
              && (anew == null || found.get().startsWith(made));
      if (!kept) {
        make(session, made);
      }
      return role.owns(session, name)
          ? new Place(role.address(session, address(), known.orElse(null)), true)
          : new Place(address(), false);
    }
  }

  /** One without a comment is begun again: whoever made it was killed before he was done. */
  private void make(DatabaseSession session, String made) {
    requireAllowed(session);
    EmptyDatabase.drop(session, name);
    boolean own = role.ensure(session);
    EmptyDatabase.create(session, server.database(), name);
    if (own) {
      session.rows(UNTRUSTED, row -> row.getString(1)).forEach(this::install);
      role.own(session, name);
    }
    comment(session, name, made);
  }

  /** The project's migrations, which run by the database's own role, may ask for it. */
  private void install(String extension) {
    try (DatabaseSession inside = DatabaseSession.open(address(), APPLICATION, LONGEST)) {
      inside.run(
          inside.value(
              "select format('create extension if not exists %I cascade', ?::text)", extension));
    } catch (MigrationException refused) {
      // Some may be in one database of a server only, and a preview can do without those.
      log.info("extension not installed name={} reason={}", extension, refused.getMessage());
    }
  }

  /** Whether there was one of ours; the server has it no more. */
  boolean drop() {
    try (DatabaseSession session = DatabaseSession.open(server, APPLICATION, LONGEST)) {
      var unused = session.value(ALONE, name);
      Optional<String> found = comment(session);
      if (found.isEmpty()) {
        role.drop(session);
        return false;
      }
      if (!ours(session, found.get())) {
        return false;
      }
      EmptyDatabase.drop(session, name);
      if (comment(session).isPresent()) {
        throw new MigrationException(
            Fault.UNREACHABLE,
            "Dropping the preview's database",
            address().toString(),
            "the server still has it",
            "It is tried again.");
      }
      role.drop(session);
      return true;
    }
  }

  private Optional<String> comment(DatabaseSession session) {
    return Optional.ofNullable(session.value(COMMENT, name));
  }

  private void requireOurs(DatabaseSession session, String found) {
    if (!ours(session, found)) {
      throw new MigrationException(
          Fault.REFUSED,
          "Making the preview's database",
          address().toString(),
          "there is one of that name that was not made for this preview",
          "It is not touched: rename or remove it.");
    }
  }

  /** One that was made and not marked, because its maker was killed, has nothing in it. */
  private boolean ours(DatabaseSession session, String found) {
    return found.startsWith(comment) || role.owns(session, name) || (found.isEmpty() && empty());
  }

  private boolean empty() {
    try (DatabaseSession inside = DatabaseSession.open(address(), APPLICATION)) {
      return inside.value(ANYTHING) == null;
    }
  }

  private void requireAllowed(DatabaseSession session) {
    String refused =
        session.value(
            "select rolname from pg_roles"
                + " where rolname = current_user and not rolcreatedb and not rolsuper");
    if (refused != null) {
      throw new MigrationException(
          Fault.REFUSED,
          "Making the preview's database",
          server.toString(),
          "the role " + refused + " may not create databases",
          "Let it (ALTER ROLE … CREATEDB), or name the address of another server by"
              + " [previews] database = \"env:NAME\".");
    }
  }

  /** Whether what this database was filled with is noted on it. */
  static boolean seeded(DatabaseAddress database) {
    try (DatabaseSession session = DatabaseSession.open(database, APPLICATION)) {
      String said = session.value(COMMENT, database.database());
      return said != null && said.endsWith(SEEDED);
    }
  }

  /** Notes on a database that it was filled. */
  static void noteSeeded(DatabaseAddress database) {
    try (DatabaseSession session = DatabaseSession.open(database, APPLICATION)) {
      String said = session.value(COMMENT, database.database());
      if (said != null && !said.endsWith(SEEDED)) {
        comment(session, database.database(), said + SEEDED);
      }
    }
  }

  private static void comment(DatabaseSession session, String database, String text) {
    session.run(
        session.value("select format('comment on database %I is %L', ?, ?)", database, text));
  }
}
