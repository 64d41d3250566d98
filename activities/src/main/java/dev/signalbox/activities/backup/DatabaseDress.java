package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.DatabaseSession;
import java.util.List;

/**
 * What belongs to a database as a whole and is in no dump of it: owner, rights, settings of its own
 * and of roles in it, the limit of connections.
 */
final class DatabaseDress {
  /** Ours, and not the database's own: what holds writes back while a restore is under way. */
  static final String READ_ONLY = "default_transaction_read_only";

  private static final String OWNER =
      """
      select format('alter database %I owner to %I', ?::text, pg_get_userbyid(datdba))
        from pg_database where datname = ?
      """;

  private static final String LIMIT =
      """
      select format('alter database %I connection limit %s', ?::text, datconnlimit)
        from pg_database where datname = ? and datconnlimit <> -1
      """;

  /** Nothing where nobody changed them: then the copy has the same. */
  private static final String NO_RIGHTS =
      """
      select format('revoke all on database %I from public', ?::text)
        from pg_database where datname = ? and datacl is not null
      """;

  private static final String RIGHTS =
      """
      select format('grant %s on database %I to %s%s', a.privilege_type, ?::text,
                    case a.grantee when 0 then 'public'
                                   else quote_ident(pg_get_userbyid(a.grantee)) end,
                    case when a.is_grantable then ' with grant option' else '' end)
        from pg_database d, aclexplode(d.datacl) a
       where d.datname = ? and a.grantee <> d.datdba
      """;

  /** A list of names is written as it is kept; all else is one text. */
  private static final String SETTINGS =
      """
      select case s.setrole when 0 then format('alter database %I', ?::text)
                            else format('alter role %I in database %I',
                                        pg_get_userbyid(s.setrole), ?::text) end
             || format(' set %I to ', split_part(said, '=', 1))
             || case when split_part(said, '=', 1) in
                          ('search_path', 'temp_tablespaces', 'local_preload_libraries',
                           'session_preload_libraries')
                     then substr(said, strpos(said, '=') + 1)
                     else quote_literal(substr(said, strpos(said, '=') + 1)) end
        from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase,
             unnest(s.setconfig) said
       where d.datname = ? and not (s.setrole = 0 and split_part(said, '=', 1) = ?)
      """;

  private DatabaseDress() {}

  /** Puts on the one what the other one wears. */
  static void copy(DatabaseSession session, String from, String to) {
    run(session, SETTINGS, to, to, from, READ_ONLY);
    run(session, LIMIT, to, from);
    run(session, NO_RIGHTS, to, from);
    run(session, RIGHTS, to, from);
    run(session, OWNER, to, from);
  }

  private static void run(DatabaseSession session, String statements, Object... parameters) {
    List<String> all = session.rows(statements, row -> row.getString(1), parameters);
    all.forEach(session::run);
  }
}
