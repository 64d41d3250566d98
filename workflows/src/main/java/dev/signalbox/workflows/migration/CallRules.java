package dev.signalbox.workflows.migration;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

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
          "batch_alter_table",
          "inline_literal",
          "create_table_comment",
          "drop_table_comment",
          "commit",
          "begin",
          "rollback",
          "close",
          "fetchall",
          "fetchone",
          "first",
          "all",
          "scalar_one",
          "scalar_one_or_none",
          "mappings");

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

  private static final Pattern NOT_NULL = Pattern.compile("nullable\\s*=\\s*False");
  private static final Pattern SERVER_DEFAULT = Pattern.compile("server_default\\s*=|Identity\\(");
  private static final Pattern UNIQUE = Pattern.compile("(unique|primary_key)\\s*=\\s*True");

  private final Set<String> made = new HashSet<>();
  private final Set<String> uniqueIndexes;

  /**
   * @param uniqueIndexes names of those that there are; those that are made are put to them
   */
  CallRules(Set<String> uniqueIndexes) {
    this.uniqueIndexes = uniqueIndexes;
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
    if (WITHOUT_EFFECT.contains(call.name())) {
      return Judgement.NOTHING;
    }
    if (EXECUTING.contains(call.name())) {
      return executes(call);
    }
    if (!isOperation(call)) {
      return foreign(call);
    }
    if (isOnOwnTable(call)) {
      return Judgement.NOTHING;
    }
    if (ADDITIONS.contains(call.name())) {
      made.add(String.valueOf(call.text(0)));
      return Judgement.NOTHING;
    }
    if (DESTRUCTIVE.containsKey(call.name()) || CONSTRAINTS.contains(call.name())) {
      return Judgement.contract(call.shown());
    }
    return switch (call.name()) {
      case "add_column" -> addColumn(call);
      case "alter_column" -> alterColumn(call);
      case "create_index" -> createIndex(call);
      case "drop_index" ->
          uniqueIndexes.stream().anyMatch(index -> isCalled(index, call.text(0)))
              ? Judgement.contract("drops a unique index: " + call.shown())
              : Judgement.NOTHING;
      case "bulk_insert" -> Judgement.data("writes rows: " + call.shown());
      default -> Judgement.unknown("no rule for " + call.shown());
    };
  }

  private Judgement createIndex(CodeCall call) {
    if (!call.says("unique", true)) {
      return Judgement.NOTHING;
    }
    if (call.text(0) != null) {
      uniqueIndexes.add(call.text(0));
    }
    return Judgement.contract("unique: " + call.shown());
  }

  private static boolean isCalled(String index, String name) {
    return name != null && (index.equals(name) || index.endsWith("." + name));
  }

  private static Judgement executes(CodeCall call) {
    return call.literalSql() == null
        ? Judgement.unknown("runs SQL that is put together when it runs: " + call.shown())
        : Judgement.NOTHING;
  }

  private static boolean isOperation(CodeCall call) {
    return call.on().equals("op") || call.on().startsWith("batch");
  }

  private static Judgement foreign(CodeCall call) {
    boolean mayMigrate =
        call.on().isEmpty()
            || call.handsOn("op")
            || call.handsOn("conn")
            || call.handsOn("bind")
            || call.handsOn("connection")
            || call.handsOn("op.get_bind()")
            || call.on().contains("session");
    return mayMigrate
        ? Judgement.unknown("calls code that nobody reads: " + call.shown())
        : Judgement.NOTHING;
  }

  private boolean isOnOwnTable(CodeCall call) {
    // Indexes and constraints carry their table second.
    boolean second =
        call.name().endsWith("_index")
            || call.name().endsWith("_constraint")
            || CONSTRAINTS.contains(call.name());
    String table = call.text(second ? 1 : 0);
    return table != null && made.contains(table);
  }

  private static Judgement addColumn(CodeCall call) {
    String column = call.on().equals("op") ? call.source(1) : call.source(0);
    if (column.isEmpty()) {
      return Judgement.unknown("a column that is not written out: " + call.shown());
    }
    boolean needed = NOT_NULL.matcher(column).find() && !SERVER_DEFAULT.matcher(column).find();
    return needed || UNIQUE.matcher(column).find()
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
    if (call.named().containsKey("server_default") && call.named().get("server_default") == null) {
      return Judgement.contract("former code may leave the column out: " + call.shown());
    }
    return Judgement.NOTHING;
  }
}
