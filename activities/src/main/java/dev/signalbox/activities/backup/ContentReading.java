package dev.signalbox.activities.backup;

import dev.signalbox.activities.backup.DatabaseContent.TableContent;
import dev.signalbox.activities.migration.DatabaseSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what a database holds, without what belongs to the system, to an extension, or to one
 * session. The same on both sides of a comparison, so what the text of a value depends on is set.
 */
final class ContentReading {
  private static final List<String> SETTINGS =
      List.of(
          "set search_path = ''",
          "set timezone = 'UTC'",
          "set datestyle = 'ISO'",
          "set intervalstyle = 'postgres'",
          "set bytea_output = 'hex'",
          "set extra_float_digits = 3",
          // Rows that a policy hides must be an error, not missing.
          "set row_security = off",
          "set statement_timeout = 0",
          "set lock_timeout = '30s'",
          // Where the server knows it (14): whoever counts for somebody who is gone ends.
          "select set_config(name, '2s', false) from pg_settings"
              + " where name = 'client_connection_check_interval'");

  private static final String OBJECTS = resource("objects.sql");
  static final String TABLES = resource("tables.sql");

  /** A table of exactly this column is Alembic's, whatever it is called and wherever it lies. */
  static final String VERSION_TABLES =
      """
      select format('%I.%I', n.nspname, c.relname)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname !~ '^pg_'
         and (select array_agg(a.attname::text) from pg_attribute a
               where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
             = array['version_num']
       order by 1
      """;

  private final DatabaseSession session;
  private final long largest;

  /**
   * @param largest bytes of a table whose contents are read; of larger ones rows are only counted
   */
  ContentReading(DatabaseSession session, long largest) {
    this.session = session;
    this.largest = largest;
    SETTINGS.forEach(session::run);
  }

  DatabaseContent read() {
    return new DatabaseContent(schema(), objects(), tables());
  }

  /** Revisions that the database names, sorted. */
  List<String> schema() {
    return session.rows(VERSION_TABLES, row -> row.getString(1)).stream()
        .flatMap(
            table ->
                session.rows("select version_num from " + table, row -> row.getString(1)).stream())
        .sorted()
        .toList();
  }

  List<String> objects() {
    return session.rows(OBJECTS, row -> row.getString(1)).stream().sorted().toList();
  }

  private record Table(String name, boolean small) {}

  private SortedMap<String, TableContent> tables() {
    SortedMap<String, TableContent> contents = new TreeMap<>();
    for (Table table :
        session.rows(TABLES, row -> new Table(row.getString(1), row.getLong(2) <= largest))) {
      contents.put(table.name(), content(table));
    }
    return contents;
  }

  // The alias must be no column's name: it would be that column's text.
  private TableContent content(Table table) {
    String checksum =
        table.small()
            ? "coalesce(sum(hashtextextended(signalbox_row::text, 0)), 0)::text"
            : "null::text";
    return session
        .rows(
            "select count(*), " + checksum + " from only " + table.name() + " as signalbox_row",
            row -> new TableContent(row.getLong(1), row.getString(2)))
        .get(0);
  }

  private static String resource(String name) {
    try (InputStream file = ContentReading.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("reading " + name, broken);
    }
  }
}
