package dev.signalbox.activities.migration;

/** Databases as they are made and dropped: beside another one, and like it. */
public final class EmptyDatabase {
  /**
   * From a template that nobody is connected to, with encoding and locale of the project's own: the
   * server's would be taken else. What describes a locale depends on the server's version.
   */
  private static final String CREATE =
      """
      select format('create database %I template template0 encoding %L lc_collate %L lc_ctype %L',
                    ?::text, pg_encoding_to_char(encoding), datcollate, datctype)
             || case said ->> 'datlocprovider'
                  when 'i' then format(' locale_provider icu icu_locale %L',
                                       coalesce(said ->> 'datlocale', said ->> 'daticulocale'))
                  when 'b' then format(' locale_provider builtin builtin_locale %L',
                                       said ->> 'datlocale')
                  else '' end
      from (select encoding, datcollate, datctype, to_jsonb(d) as said
              from pg_database d where datname = ?) own
      """;

  /** A database whose writers are held back lets its own sessions make none beside it, else. */
  private static final String MAY = "set default_transaction_read_only = off";

  private EmptyDatabase() {}

  /** Makes one like another one of the same server. */
  public static void create(DatabaseSession session, String like, String name) {
    session.run(MAY);
    session.run(session.value(CREATE, name, like));
  }

  /** Whoever is connected to it is thrown out. */
  public static void drop(DatabaseSession session, String name) {
    session.run(MAY);
    session.run("drop database if exists \"" + name + "\" with (force)");
  }
}
