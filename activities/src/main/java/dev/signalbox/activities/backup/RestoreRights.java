package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * What a role may do at a server, as far as a restore needs it.
 *
 * @param number of the database
 * @param owner whether the role is its owner, or as good
 * @param others roles that own something in it and whose part this one may not act
 * @param readOnly whether new transactions on it are read-only already
 * @param replicated publications and subscriptions in it
 */
record RestoreRights(
    DatabaseAddress address,
    String role,
    boolean superuser,
    boolean creator,
    boolean owner,
    long number,
    List<String> others,
    boolean readOnly,
    List<String> replicated) {

  private static final String SELF =
      """
      select d.oid, r.rolname, r.rolsuper, r.rolcreatedb or r.rolsuper,
             pg_has_role(current_user, d.datdba, 'USAGE'),
             exists (select from pg_db_role_setting s
                      where s.setdatabase = d.oid and s.setrole = 0
                        and 'default_transaction_read_only=on' = any (s.setconfig))
        from pg_database d, pg_roles r
       where d.datname = current_database() and r.rolname = current_user
      """;

  private static final String OTHERS =
      """
      select distinct r.rolname::text from pg_shdepend d join pg_roles r on r.oid = d.refobjid
       where d.dbid = (select oid from pg_database where datname = current_database())
         and d.deptype = 'o' and not pg_has_role(current_user, r.oid, 'USAGE')
       order by 1
      """;

  private static final String REPLICATED =
      """
      select 'publication ' || pubname from pg_publication
      union all
      select 'subscription ' || subname from pg_subscription s
       where s.subdbid = (select oid from pg_database where datname = current_database())
      order by 1
      """;

  static RestoreRights of(DatabaseAddress address) {
    try (DatabaseSession session = DatabaseSession.open(address, DatabaseDoor.APPLICATION)) {
      List<String> others = session.rows(OTHERS, row -> row.getString(1));
      List<String> replicated = replicated(session);
      return session
          .rows(
              SELF,
              row ->
                  new RestoreRights(
                      address,
                      row.getString(2),
                      row.getBoolean(3),
                      row.getBoolean(4),
                      row.getBoolean(5),
                      row.getLong(1),
                      others,
                      row.getBoolean(6),
                      replicated))
          .get(0);
    }
  }

  /** Subscriptions are shown to superusers only. */
  private static List<String> replicated(DatabaseSession session) {
    try {
      return session.rows(REPLICATED, row -> row.getString(1));
    } catch (MigrationException hidden) {
      return session.rows(
          "select 'publication ' || pubname from pg_publication order by 1",
          row -> row.getString(1));
    }
  }

  /**
   * @param inPlace whether no second database is made
   * @throws MigrationException {@code REFUSED}: something is missing, with how to give it
   */
  void require(String tried, boolean inPlace) {
    if (!creator && !inPlace) {
      throw refused(
          tried,
          "the role " + role + " may not create databases",
          "Let it make the copy that takes the database's place: ALTER ROLE … CREATEDB; or where"
              + " there can be no second database, restore in place: `--in-place`.");
    }
    if (!owner) {
      throw refused(
          tried,
          "the role "
              + role
              + " does not own the database, so it may not "
              + (inPlace ? "hold its writers back" : "rename it"),
          "Name an address whose role does, by `url` under [migrations].");
    }
    if (!others.isEmpty()) {
      throw refused(
          tried,
          "in the database something belongs to "
              + String.join(", ", others)
              + ", and "
              + role
              + " may not give it to them",
          "Make it a member: GRANT " + others.get(0) + " TO " + role + ".");
    }
    if (readOnly) {
      throw refused(
          tried,
          "the database is read-only by a setting of its own, as a restore that was broken off"
              + " leaves it",
          "Look whether its writers should be stopped; then: ALTER DATABASE "
              + address.database()
              + " RESET default_transaction_read_only.");
    }
  }

  private MigrationException refused(String tried, String answer, String next) {
    return new MigrationException(Fault.REFUSED, tried, address.toString(), answer, next);
  }

  /** What is not as before afterwards, one sentence each. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    List<String> lost =
        replicated.stream().filter(one -> !superuser || one.startsWith("subscription ")).toList();
    if (!lost.isEmpty()) {
      remarks.add("not brought back, because it replicates: " + String.join(", ", lost));
    }
    return List.copyOf(remarks);
  }
}
