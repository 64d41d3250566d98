package dev.signalbox.workflows.migration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Columns that one revision adds to tables that were there: former code leaves them out, so that
 * each of its rows has there what the column fills in by itself.
 */
final class NewColumns {
  /** What a row of former code has in such a column. */
  private enum Filled {
    /** Nothing: a null is equal to no other, and passes what does not mind nulls. */
    NULL,
    /** Another value each time. */
    EACH_ANOTHER,
    /** The same value, however often. */
    THE_SAME
  }

  private static final String TYPE = "type:";

  /** Types of PostgreSQL's own, as they are written without its schema. */
  private static final Set<String> USUAL_TYPES =
      Set.of(
          "bool",
          "bytea",
          "cidr",
          "citext",
          "date",
          "float4",
          "float8",
          "hstore",
          "inet",
          "int2",
          "int4",
          "int8",
          "json",
          "jsonb",
          "macaddr",
          "money",
          "name",
          "numeric",
          "oid",
          "serial",
          "bigserial",
          "smallserial",
          "text",
          "timestamp",
          "timestamptz",
          "time",
          "timetz",
          "tsquery",
          "tsvector",
          "uuid",
          "xml");

  private final Map<String, Filled> columns = new HashMap<>();
  private final Set<String> domains;

  /**
   * @param domains those that pending revisions make
   */
  NewColumns(Set<String> domains) {
    this.domains = domains;
  }

  Judgement add(SqlStatement statement) {
    String column = key(statement, statement.name());
    if (statement.has("not-a-table")) {
      return Judgement.unknown("changes what code may use: " + text(statement));
    }
    if (statement.has("generated")) {
      return generated(statement);
    }
    boolean filled =
        (statement.has("default") && !statement.has("null-default")) || statement.has("identity");
    if ((statement.has("notnull") || statement.has("primary")) && !filled) {
      return contract("former code leaves the column out", statement);
    }
    if (statement.flags().stream().anyMatch(this::isDomain)) {
      return Judgement.unknown("a domain may refuse what is left out: " + text(statement));
    }
    if (statement.has("minds-nulls") || statement.has("old-columns")) {
      return contract("former code may write what it forbids", statement);
    }
    boolean fills = statement.has("default") || statement.has("identity");
    if (fills && (statement.has("check") || statement.has("foreign"))) {
      return contract("its own rule may forbid what it fills in", statement);
    }
    boolean another = statement.has("identity") || statement.has("each-another");
    if (fills && !another && (statement.has("unique") || statement.has("primary"))) {
      return contract("former code gets the same default twice", statement);
    }
    if (!statement.has("if-not-exists")) {
      Filled with = another ? Filled.EACH_ANOTHER : Filled.THE_SAME;
      columns.put(column, fills ? with : Filled.NULL);
    }
    return Judgement.NOTHING;
  }

  /** It is made of columns that former code writes, so that a rule on it is one on them. */
  private static Judgement generated(SqlStatement statement) {
    if (statement.has("notnull")
        || statement.has("primary")
        || statement.has("unique")
        || statement.has("check")
        || statement.has("foreign")) {
      return contract("former code may write what it forbids", statement);
    }
    return statement.has("may-fail")
        ? Judgement.unknown("may fail for what former code writes: " + text(statement))
        : Judgement.NOTHING;
  }

  private boolean isDomain(String flag) {
    return flag.startsWith(TYPE)
        && domains.contains(StatementRules.unqualified(flag.substring(TYPE.length())));
  }

  /** Whether only the database knows what a column's type is. */
  static boolean isOfAnUnusualType(String flag) {
    return flag.startsWith(TYPE)
        && !flag.startsWith(TYPE + "pg_catalog.")
        && !USUAL_TYPES.contains(flag.substring(TYPE.length()));
  }

  /** Whether no row that former code writes can break this unique, check or foreign key. */
  boolean bear(SqlStatement statement) {
    List<Filled> filled =
        statement.columns().stream().map(name -> columns.get(key(statement, name))).toList();
    if (filled.isEmpty() || filled.contains(null) || statement.has("minds-nulls")) {
      return false;
    }
    if (statement.has("unique")) {
      return filled.stream().anyMatch(one -> one != Filled.THE_SAME);
    }
    // A null breaks no rule; of a value it fills in nobody knows.
    return filled.stream().allMatch(one -> one == Filled.NULL);
  }

  private static String key(SqlStatement statement, String name) {
    return statement.on() + "." + name;
  }

  private static Judgement contract(String why, SqlStatement statement) {
    return Judgement.contract(why + ": " + text(statement));
  }

  private static String text(SqlStatement statement) {
    return StatementRules.text(statement);
  }
}
