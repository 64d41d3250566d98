package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.Excerpt;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What each statement of one revision means for the code before it. What is not known here is
 * {@code unknown}: a new kind of statement must never pass for harmless. Pure.
 *
 * <p>A table that the same revision makes is nobody's yet, so nothing that happens to it counts.
 */
final class StatementRules {
  private static final int LONGEST_STATEMENT = 160;

  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "VariableSetStmt",
          "VariableShowStmt",
          "TransactionStmt",
          "LockStmt",
          "CommentStmt",
          "VacuumStmt",
          "ReindexStmt",
          "ClusterStmt",
          "CheckPointStmt",
          "ExplainStmt");

  private static final Set<String> ADDITIONS =
      Set.of(
          "CreateStmt",
          "CreateTableAsStmt",
          "SelectIntoStmt",
          "CreateSeqStmt",
          "CreateSchemaStmt",
          "CreateExtensionStmt",
          "CreateEnumStmt",
          "CreateRangeStmt",
          "CompositeTypeStmt",
          "CreateDomainStmt",
          "CreateStatsStmt",
          "CreateRoleStmt",
          "DefineStmt",
          "AlterEnumStmt/AddValue",
          "GrantStmt/Grant",
          "RefreshMatViewStmt",
          "AlterTableStmt/DropNotNull",
          "AlterTableStmt/SetDefault",
          "AlterTableStmt/ValidateConstraint",
          "AlterTableStmt/SetStatistics",
          "AlterTableStmt/SetStorage",
          "AlterTableStmt/SetRelOptions",
          "AlterTableStmt/ResetRelOptions",
          "AlterTableStmt/SetOptions",
          "AlterTableStmt/ResetOptions",
          "AlterTableStmt/SetLogged",
          "AlterTableStmt/ClusterOn");

  /** Of ALTER SEQUENCE: they make none shorter, and give no number twice. */
  private static final Set<String> HARMLESS_OPTIONS = Set.of("owned_by", "cache");

  /** PostgreSQL does these outside of any transaction, or they end it. */
  private static final Set<String> OUTSIDE_TRANSACTION =
      Set.of(
          "TransactionStmt",
          "VacuumStmt",
          "ReindexStmt",
          "ClusterStmt",
          "CreatedbStmt",
          "DropdbStmt",
          "AlterSystemStmt",
          "CreateTableSpaceStmt",
          "DropTableSpaceStmt");

  private static final Set<String> REPLACEABLE = Set.of("CreateFunctionStmt", "ViewStmt");

  /** Settings that change only how long something takes, or what is said of it. */
  private static final Set<String> HARMLESS_SETTINGS =
      Set.of(
          "lock_timeout",
          "statement_timeout",
          "idle_in_transaction_session_timeout",
          "transaction_timeout",
          "client_min_messages",
          "client_encoding",
          "maintenance_work_mem",
          "max_parallel_maintenance_workers",
          "work_mem",
          "temp_buffers",
          "standard_conforming_strings",
          "check_function_bodies",
          "default_tablespace",
          "default_table_access_method",
          "synchronous_commit",
          "timezone",
          "datestyle",
          "intervalstyle",
          "xmloption",
          "transaction",
          "constraints",
          "search_path",
          "all",
          "role",
          "session_authorization");

  private final OwnThings own = new OwnThings();
  private final NewColumns newColumns;
  private final Set<String> uniqueIndexes;

  /**
   * @param uniqueIndexes names of those that the database has
   * @param domains those that pending revisions make
   */
  StatementRules(Set<String> uniqueIndexes, Set<String> domains) {
    this.uniqueIndexes = uniqueIndexes;
    this.newColumns = new NewColumns(domains);
  }

  static boolean hasNoEffect(SqlStatement statement) {
    return WITHOUT_EFFECT.contains(statement.kind());
  }

  /** Whether something of it, or of what is before it, may stay when what follows fails. */
  static boolean leavesTransaction(SqlStatement statement) {
    return OUTSIDE_TRANSACTION.contains(statement.kind()) || statement.has("concurrent");
  }

  /** To be asked for each statement in its order. */
  Judgement judge(SqlStatement statement) {
    Judgement found =
        own.covers(statement)
            ? ofOwn(statement)
            : Judgement.worse(ofAny(statement), settings(statement));
    own.note(statement);
    return Judgement.worse(found, calls(statement));
  }

  private Judgement ofAny(SqlStatement statement) {
    if (statement.flags().stream().anyMatch(flag -> flag.startsWith("rollback"))) {
      return Judgement.unknown("takes back what it did: " + text(statement));
    }
    if (hasNoEffect(statement)) {
      return Judgement.NOTHING;
    }
    if (ADDITIONS.contains(statement.kind())) {
      return addition(statement);
    }
    if (REPLACEABLE.contains(statement.kind())) {
      return statement.has("replace")
          ? Judgement.unknown("replaces what code may call: " + text(statement))
          : Judgement.NOTHING;
    }
    return switch (statement.kind()) {
      case "AlterTableStmt/AddColumn" -> newColumns.add(statement);
      case "AlterTableStmt/AddConstraint" -> addConstraint(statement);
      case "AlterTableStmt/SetNotNull" -> setNotNull(statement);
      case "AlterTableStmt/AlterColumnType" ->
          Judgement.contract("changes a type, which may narrow it: " + text(statement));
      case "AlterTableStmt/DropDefault" ->
          Judgement.contract("former code may leave the column out: " + text(statement));
      case "IndexStmt" -> index(statement);
      case "DropStmt/INDEX" -> dropIndex(statement);
      case "UpdateStmt" ->
          Judgement.data(
              (statement.has("where") ? "writes rows: " : "writes every row: ") + text(statement));
      case "InsertStmt", "CopyStmt/From" -> Judgement.data("writes rows: " + text(statement));
      case "MergeStmt" ->
          statement.has("delete")
              ? Judgement.contract("deletes rows: " + text(statement))
              : Judgement.data("writes rows: " + text(statement));
      case "AlterSeqStmt" ->
          HARMLESS_OPTIONS.containsAll(
                  statement.flags().stream().filter(flag -> !flag.contains(":")).toList())
              ? Judgement.NOTHING
              : Judgement.unknown("changes what a sequence gives: " + text(statement));
      case "DeleteStmt", "TruncateStmt" -> Judgement.contract("deletes rows: " + text(statement));
      case "SelectStmt" -> Judgement.NOTHING;
      case "AlterEnumStmt/RenameValue" -> Judgement.contract("renames: " + text(statement));
      case "GrantStmt/Revoke" -> Judgement.contract("takes a right away: " + text(statement));
      case "CopyStmt/To" ->
          statement.has("program")
              ? Judgement.unknown("runs a program: " + text(statement))
              : Judgement.NOTHING;
      case "DoStmt" -> Judgement.unknown("a DO block, whose code nobody reads: " + text(statement));
      default -> other(statement);
    };
  }

  private static Judgement other(SqlStatement statement) {
    if (statement.kind().startsWith("DropStmt/")
        || statement.is("AlterTableStmt/DropColumn")
        || statement.is("AlterTableStmt/DropConstraint")) {
      return Judgement.contract("drops: " + text(statement));
    }
    if (statement.kind().startsWith("RenameStmt/") || statement.is("AlterObjectSchemaStmt")) {
      return Judgement.contract("renames or moves: " + text(statement));
    }
    return Judgement.unknown("no rule for " + statement.kind() + ": " + text(statement));
  }

  /** What happens to a thing of the same revision; its rows are new as well. */
  private Judgement ofOwn(SqlStatement statement) {
    if (OwnThings.isRename(statement)) {
      // Under its new name it may take the place of another: seen as what it becomes.
      return Judgement.unknown("renames what it made: " + text(statement));
    }
    return Judgement.NOTHING;
  }

  /** What adds, unless it says that it also takes the place of something. */
  private static Judgement addition(SqlStatement statement) {
    if (statement.has("no-data")) {
      return Judgement.contract("empties what code may read: " + text(statement));
    }
    if (statement.has("null-default")) {
      return Judgement.contract("former code may leave the column out: " + text(statement));
    }
    return statement.has("replace") || statement.has("not-a-table")
        ? Judgement.unknown("changes what code may use: " + text(statement))
        : Judgement.NOTHING;
  }

  private static Judgement settings(SqlStatement statement) {
    Stream<String> set =
        statement.is("VariableSetStmt")
            ? Stream.of(String.valueOf(statement.on()))
            : statement.flags().stream()
                .filter(flag -> flag.startsWith("sets:"))
                .map(flag -> flag.substring("sets:".length()));
    // A name with a point is a project's own.
    return set.map(name -> name.toLowerCase(Locale.ROOT))
            .allMatch(name -> HARMLESS_SETTINGS.contains(name) || name.contains("."))
        ? Judgement.NOTHING
        : Judgement.unknown("no rule for this setting: " + text(statement));
  }

  /** The functions that run with it. */
  private static Judgement calls(SqlStatement statement) {
    List<String> unknown =
        statement.flags().stream()
            .filter(flag -> flag.startsWith("calls:"))
            .map(flag -> flag.substring("calls:".length()))
            .filter(name -> !KnownFunctions.isHarmless(name))
            .toList();
    if (unknown.isEmpty()) {
      return Judgement.NOTHING;
    }
    return unknown.stream().allMatch(name -> name.equals("setval"))
        ? Judgement.data("moves a sequence: " + text(statement))
        : Judgement.unknown(
            "calls functions whose code nobody reads ("
                + String.join(", ", unknown)
                + "): "
                + text(statement));
  }

  private Judgement addConstraint(SqlStatement statement) {
    boolean needed = statement.has("primary") || statement.has("notnull");
    if (!needed && newColumns.bear(statement)) {
      return Judgement.NOTHING;
    }
    return Judgement.contract(
        "former code may write what it forbids"
            + (statement.has("not-valid") ? " (NOT VALID spares old rows only)" : "")
            + ": "
            + text(statement));
  }

  private Judgement setNotNull(SqlStatement statement) {
    return Judgement.contract("former code may leave the column empty: " + text(statement));
  }

  private Judgement index(SqlStatement statement) {
    if (statement.has("unique") && !newColumns.bear(statement)) {
      return Judgement.contract("former code may write a value twice: " + text(statement));
    }
    return statement.has("may-fail")
        ? Judgement.unknown(
            "its expression may fail for what former code writes: " + text(statement))
        : Judgement.NOTHING;
  }

  private Judgement dropIndex(SqlStatement statement) {
    String name = statement.on();
    boolean unique =
        uniqueIndexes.stream().anyMatch(index -> unqualified(index).equals(unqualified(name)));
    return unique
        ? Judgement.contract("drops a unique index, which ON CONFLICT needs: " + text(statement))
        : Judgement.NOTHING;
  }

  static String unqualified(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  static String text(SqlStatement statement) {
    return Excerpt.of(statement.text(), LONGEST_STATEMENT);
  }
}
