package dev.signalbox.workflows.migration;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a revision's own calls mean, where there is no SQL to read. Less sure than SQL: what is not
 * a known operation with plain arguments is {@code unknown}. Pure.
 */
final class CallRules {
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "f",
          "get_bind",
          "get_context",
          "autocommit_block",
          "inline_literal",
          "create_table_comment",
          "drop_table_comment",
          "commit",
          "begin",
          "rollback",
          "close");

  private static final Set<String> ADDITIONS =
      Set.of("create_table", "create_sequence", "create_schema");

  /** With the kind of statement that each must show in the SQL. */
  static final Map<String, String> DESTRUCTIVE =
      Map.of(
          "drop_table", "DropStmt/TABLE",
          "drop_column", "AlterTableStmt/DropColumn",
          "drop_constraint", "AlterTableStmt/DropConstraint",
          "rename_table", "RenameStmt/TABLE");

  private static final Set<String> ENDING_TRANSACTION =
      Set.of("autocommit_block", "commit", "rollback", "execution_options", "connect");

  static final Set<String> EXECUTING =
      Set.of("execute", "exec_driver_sql", "executemany", "scalar", "scalars");

  private static final Set<String> CONSTRAINTS =
      Set.of(
          "create_foreign_key",
          "create_unique_constraint",
          "create_check_constraint",
          "create_primary_key",
          "create_exclude_constraint");

  private static final Set<String> TABLE_SECOND =
      Set.of(
          "create_index",
          "drop_constraint",
          "create_foreign_key",
          "create_unique_constraint",
          "create_check_constraint",
          "create_primary_key",
          "create_exclude_constraint");

  /** Of ALTER COLUMN: what was there, and what only people read. */
  private static final Set<String> SAYING_NOTHING =
      Set.of(
          "comment",
          "schema",
          "existing_type",
          "existing_nullable",
          "existing_server_default",
          "existing_comment",
          "existing_autoincrement",
          "nullable",
          "server_default");

  private final Set<List<Object>> made = new HashSet<>();
  private final boolean pathMoves;
  private final Set<String> uniqueIndexes;

  /**
   * @param uniqueIndexes names of those that there are; those that are made are put to them
   * @param pathMoves whether its SQL sets the search path, so that no name is sure
   */
  CallRules(Set<String> uniqueIndexes, boolean pathMoves) {
    this.uniqueIndexes = uniqueIndexes;
    this.pathMoves = pathMoves;
  }

  /** The kind of statement that its SQL must show; null = none in particular. */
  static String mustShow(CodeCall call) {
    if (!call.name().equals("alter_column")) {
      return DESTRUCTIVE.get(call.name());
    }
    if (call.named().containsKey("new_column_name")) {
      return "RenameStmt/COLUMN";
    }
    if (call.named().containsKey("type_")) {
      return "AlterTableStmt/AlterColumnType";
    }
    return call.says("nullable", false) ? "AlterTableStmt/SetNotNull" : null;
  }

  /** Whether something of the revision may stay when what follows fails. */
  static boolean leavesTransaction(CodeCall call) {
    return ENDING_TRANSACTION.contains(call.name());
  }

  /** To be asked for each call in its order. Literal SQL is judged as SQL, elsewhere. */
  Judgement judge(CodeCall call) {
    if (call.foreign()) {
      return Judgement.unknown("calls code that nobody reads: " + call.shown());
    }
    if (WITHOUT_EFFECT.contains(call.name())) {
      return Judgement.NOTHING;
    }
    if (EXECUTING.contains(call.name())) {
      return executes(call);
    }
    if (!call.on().equals("op") && !call.on().equals("batch")) {
      return Judgement.unknown("no rule for " + call.shown());
    }
    Judgement found = isOnOwnTable(call) ? ofOwn(call) : ofAny(call);
    // What does not stand there may be anything.
    return call.isWrittenOut()
        ? found
        : Judgement.worse(found, Judgement.unknown("is not written out: " + call.shown()));
  }

  private Judgement ofOwn(CodeCall call) {
    if (call.name().equals("drop_table")) {
      made.remove(table(call));
    }
    return call.name().equals("rename_table")
        ? Judgement.unknown("renames what it made: " + call.shown())
        : Judgement.NOTHING;
  }

  private Judgement ofAny(CodeCall call) {
    if (ADDITIONS.contains(call.name())) {
      if (call.name().equals("create_table") && isSure(call)) {
        made.add(table(call));
      }
      return Judgement.NOTHING;
    }
    if (DESTRUCTIVE.containsKey(call.name()) || CONSTRAINTS.contains(call.name())) {
      return Judgement.contract(call.shown());
    }
    return switch (call.name()) {
      case "add_column" -> addColumn(call);
      case "alter_column" -> alterColumn(call);
      case "create_index" -> createIndex(call);
      case "drop_index" -> dropIndex(call);
      case "bulk_insert" -> Judgement.data("writes rows: " + call.shown());
      case "batch_alter_table" ->
          call.isAbsentOr("recreate", "auto") || call.says("recreate", "never")
              ? Judgement.NOTHING
              : Judgement.unknown("makes the table anew: " + call.shown());
      default -> Judgement.unknown("no rule for " + call.shown());
    };
  }

  /** A table that may have been there, or may lie elsewhere, is not its own. */
  private boolean isSure(CodeCall call) {
    return call.text(0) != null
        && !call.conditional()
        && !pathMoves
        && call.isAbsentOr("if_not_exists", false);
  }

  private Judgement createIndex(CodeCall call) {
    boolean plain =
        call.isAbsentOr("unique", false)
            && call.named().keySet().stream().noneMatch(key -> key.endsWith("_where"))
            && 2 < call.arguments().size()
            && call.arguments().get(2) instanceof List<?> columns
            && columns.stream().allMatch(String.class::isInstance);
    if (plain) {
      return Judgement.NOTHING;
    }
    if (!call.isAbsentOr("unique", false)) {
      if (call.text(0) != null) {
        uniqueIndexes.add(call.text(0));
      }
      return Judgement.contract("unique: " + call.shown());
    }
    return Judgement.unknown("an index of more than columns: " + call.shown());
  }

  private Judgement dropIndex(CodeCall call) {
    if (call.text(0) == null) {
      return Judgement.unknown("drops an index that is not written out: " + call.shown());
    }
    return uniqueIndexes.stream().anyMatch(index -> isCalled(index, call.text(0)))
        ? Judgement.contract("drops a unique index: " + call.shown())
        : Judgement.NOTHING;
  }

  private static boolean isCalled(String index, String name) {
    return name != null && (index.equals(name) || index.endsWith("." + name));
  }

  private static Judgement executes(CodeCall call) {
    return call.literalSql() == null
        ? Judgement.unknown("runs SQL that is put together when it runs: " + call.shown())
        : Judgement.NOTHING;
  }

  private boolean isOnOwnTable(CodeCall call) {
    return made.contains(table(call));
  }

  /**
   * Its name and schema, as they stand there; of an index that is dropped nobody says it surely.
   */
  private static List<Object> table(CodeCall call) {
    String table = call.text(TABLE_SECOND.contains(call.name()) ? 1 : 0);
    Object schema =
        call.named().get(call.name().equals("create_foreign_key") ? "source_schema" : "schema");
    return List.of(String.valueOf(table), schema == null ? "" : schema);
  }

  private static Judgement addColumn(CodeCall call) {
    List<?> column = call.column(1);
    if (column == null || column.contains("unclear")) {
      return Judgement.unknown("a column that is not plainly written out: " + call.shown());
    }
    boolean needed = column.contains("notnull") || column.contains("primary");
    return (needed && !column.contains("default")) || column.contains("unique")
        ? Judgement.contract("former code leaves the column out: " + call.shown())
        : Judgement.NOTHING;
  }

  private static Judgement alterColumn(CodeCall call) {
    if (call.named().containsKey("type_") || call.named().containsKey("new_column_name")) {
      return Judgement.contract("changes a type or a name: " + call.shown());
    }
    if (call.says("nullable", false)) {
      return Judgement.contract("former code may leave the column empty: " + call.shown());
    }
    Object standard = call.named().get("server_default");
    if (call.named().containsKey("server_default") && standard == null) {
      return Judgement.contract("former code may leave the column out: " + call.shown());
    }
    boolean plain =
        call.arguments().size() == 2
            && SAYING_NOTHING.containsAll(call.named().keySet())
            && call.isAbsentOr("nullable", true)
            && (standard == null
                || Boolean.FALSE.equals(standard)
                || (standard instanceof String text && text.indexOf('(') < 0));
    return plain
        ? Judgement.NOTHING
        : Judgement.unknown("changes something that is not plainly written out: " + call.shown());
  }
}
