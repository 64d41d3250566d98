package dev.signalbox.activities.migration;

import dev.signalbox.activities.migration.MigrationException.Fault;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The role of a preview's own database, called as that: it may log in, owns that database and
 * nothing else. Its comment says whose it is, which it cannot change itself.
 */
final class OwnRole {
  private static final int PASSWORD_BYTES = 24;

  private static final String COMMENT =
      "select coalesce(shobj_description(oid, 'pg_authid'), '') from pg_roles where rolname = ?";

  /**
   * In one statement, so that none is left without its comment. The role of the server is made a
   * member: else it may neither give it a database nor drop that.
   */
  private static final String CREATE =
      """
      select format('do $make$ begin create role %1$I login nosuperuser nocreatedb nocreaterole;'
                    ' grant %1$I to current_user; comment on role %1$I is %2$L; end $make$',
                    ?::text, ?::text)
      """;

  private final String name;
  private final String comment;
  private final DatabaseAddress server;

  /**
   * @param comment how the comments of this preview begin
   */
  OwnRole(DatabaseAddress server, String name, String comment) {
    this.server = server;
    this.name = name;
    this.comment = comment;
  }

  /**
   * Sees to it that it is there.
   *
   * @return whether it is: the server's role may not be allowed to make one
   * @throws MigrationException {@code REFUSED}: the name is somebody's
   */
  boolean ensure(DatabaseSession session) {
    String found = session.value(COMMENT, name);
    if (found == null) {
      if (!mayBeMade(session)) {
        return false;
      }
      session.run(session.value(CREATE, name, comment));
      return true;
    }
    if (!found.startsWith(comment)) {
      throw new MigrationException(
          Fault.REFUSED,
          "Making the role of the preview's database",
          server.toString(),
          "there is a role " + name + " that was not made for this preview",
          "It is not touched: rename or remove it.");
    }
    return true;
  }

  private static boolean mayBeMade(DatabaseSession session) {
    return session.value(
            "select 1 from pg_roles"
                + " where rolname = current_user and (rolcreaterole or rolsuper)")
        != null;
  }

  /** Gives it the database, into which nobody else may come any more whom it does not let in. */
  void own(DatabaseSession session, String database) {
    session.run("alter database \"" + database + "\" owner to \"" + name + "\"");
    session.run("revoke connect, temporary on database \"" + database + "\" from public");
  }

  /** Whether it is this preview's and owns the database. */
  boolean owns(DatabaseSession session, String database) {
    return session.value(
            "select 1 from pg_database d join pg_roles r on r.oid = d.datdba"
                + " where d.datname = ? and r.rolname = ?"
                + " and starts_with(shobj_description(r.oid, 'pg_authid'), ?)",
            database,
            name,
            comment)
        != null;
  }

  /**
   * Its address, with the password that it has: a new one where the known address does not let it
   * in.
   *
   * @param known of the same database; null = none
   */
  DatabaseAddress address(DatabaseSession session, DatabaseAddress own, DatabaseAddress known) {
    if (known != null && letsIn(known)) {
      return own.as(name, known.url().orElseThrow().password());
    }
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    session.password(name, password);
    return own.as(name, password);
  }

  private boolean letsIn(DatabaseAddress known) {
    if (!known.url().map(url -> name.equals(url.user()) && url.password() != null).orElse(false)) {
      return false;
    }
    try (DatabaseSession session = DatabaseSession.open(known, OwnDatabase.APPLICATION)) {
      return name.equals(session.value("select current_user"));
    } catch (MigrationException refused) {
      if (refused.fault() == Fault.REFUSED) {
        return false;
      }
      throw refused;
    }
  }

  /**
   * Drops it with whatever it owns in the server's own database; one that is somebody's, or none,
   * stays so. Its database is gone already.
   */
  void drop(DatabaseSession session) {
    String found = session.value(COMMENT, name);
    if (found == null || !found.startsWith(comment)) {
      return;
    }
    session.rows(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = ?",
        row -> row.getBoolean(1),
        name);
    session.run("drop owned by \"" + name + "\"");
    session.run("drop role \"" + name + "\"");
  }
}
