package dev.signalbox.workflows.migration;

import java.util.List;

/**
 * One thing that SQL does, as PostgreSQL's own parser reads it.
 *
 * @param line in its text, from 1
 * @param kind the parser's name, for ALTER TABLE, DROP and RENAME with the part: {@code
 *     AlterTableStmt/DropColumn}
 * @param on table, type, function, … as it stands there, with its schema if it has one; null = none
 * @param name of the column, constraint, index, …; null = none
 * @param columns that it names; for SELECT the functions that it calls
 * @param flags {@code notnull default unique foreign check primary concurrent where replace
 *     temporary …}
 * @param text of the whole statement, on one line
 */
public record SqlStatement(
    int line,
    String kind,
    String on,
    String name,
    List<String> columns,
    List<String> flags,
    String text) {
  public SqlStatement {
    columns = columns == null ? List.of() : List.copyOf(columns);
    flags = flags == null ? List.of() : List.copyOf(flags);
  }

  boolean is(String wanted) {
    return kind.equals(wanted);
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }
}
