package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.Excerpt;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
          "CreateCastStmt",
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
          "AlterTableStmt/ReplicaIdentity",
          "AlterTableStmt/SetLogged",
          "AlterTableStmt/ClusterOn");

  /** Of ALTER SEQUENCE: they make none shorter, and give no number twice. */
  private static final Set<String> HARMLESS_OPTIONS = Set.of("owned_by", "cache", "increment");

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

  /** Functions whose call changes nothing that code before it could miss. */
  private static final Set<String> HARMLESS_CALLS =
      Set.of(
          "set_config",
          "pg_catalog.set_config",
          "current_setting",
          "pg_advisory_lock",
          "pg_advisory_xact_lock",
          "pg_try_advisory_lock",
          "pg_try_advisory_xact_lock",
          "pg_advisory_unlock",
          "hashtext",
          "hashtextextended",
          "now",
          "count",
          "max",
          "min",
          "coalesce",
          "to_regclass",
          "exists",
          "version",
          "current_database",
          "current_schema");

  private final Set<String> made = new HashSet<>();
  private final Set<String> temporary = new HashSet<>();
  private final Set<String> newColumns = new HashSet<>();
  private final Set<String> neededColumns = new HashSet<>();
  private final Set<String> sameColumns = new HashSet<>();
  private final Set<String> uniqueIndexes;

  /**
   * @param uniqueIndexes names of those that the database has
   */
  StatementRules(Set<String> uniqueIndexes) {
    this.uniqueIndexes = uniqueIndexes;
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
    if (hasNoEffect(statement)) {
      return Judgement.NOTHING;
    }
    if (isMadeHere(statement)) {
      return ofOwn(statement);
    }
    note(statement);
    if (ADDITIONS.contains(statement.kind())) {
      return Judgement.NOTHING;
    }
    if (REPLACEABLE.contains(statement.kind())) {
      return statement.has("replace")
          ? Judgement.unknown("replaces what code may call: " + text(statement))
          : Judgement.NOTHING;
    }
    return switch (statement.kind()) {
      case "AlterTableStmt/AddColumn" -> addColumn(statement);
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
          HARMLESS_OPTIONS.containsAll(statement.flags())
              ? Judgement.NOTHING
              : Judgement.unknown("changes what a sequence gives: " + text(statement));
      case "DeleteStmt", "TruncateStmt" -> Judgement.contract("deletes rows: " + text(statement));
      case "SelectStmt" -> select(statement);
      case "AlterEnumStmt/RenameValue" -> Judgement.contract("renames: " + text(statement));
      case "GrantStmt/Revoke" -> Judgement.contract("takes a right away: " + text(statement));
      case "CopyStmt/To" -> Judgement.NOTHING;
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

  private boolean isMadeHere(SqlStatement statement) {
    // Who names a schema means no temporary table.
    return statement.on() != null
        && (made.contains(plain(statement.on())) || temporary.contains(statement.on()));
  }

  /** What happens to a thing of the same revision; its rows are new as well. */
  private Judgement ofOwn(SqlStatement statement) {
    if (statement.kind().startsWith("RenameStmt/") && statement.name() == null) {
      // Under its new name it may take the place of another: seen as what it becomes.
      return Judgement.unknown("renames what it made: " + text(statement));
    }
    return Judgement.NOTHING;
  }

  private void note(SqlStatement statement) {
    boolean makes =
        statement.kind().startsWith("Create")
            || statement.is("SelectIntoStmt")
            || statement.is("CompositeTypeStmt");
    // With IF NOT EXISTS it may be an old one.
    if (makes
        && statement.on() != null
        && !statement.is("CreateTrigStmt")
        && !statement.has("if-not-exists")
        && !statement.has("replace")) {
      if (statement.has("temporary")) {
        temporary.add(statement.on());
      } else {
        made.add(plain(statement.on()));
      }
    }
  }

  private Judgement addColumn(SqlStatement statement) {
    String column = column(statement, statement.name());
    newColumns.add(column);
    boolean filled =
        statement.has("default") || statement.has("generated") || statement.has("identity");
    if ((statement.has("notnull") || statement.has("primary")) && !filled) {
      neededColumns.add(column);
      return Judgement.contract("former code leaves the column out: " + text(statement));
    }
    if (statement.has("same-default")) {
      sameColumns.add(column);
    }
    if (statement.has("minds-nulls")) {
      return Judgement.contract("former code may write what it forbids: " + text(statement));
    }
    if (filled
        && (statement.has("unique") || statement.has("primary"))
        && !statement.has("identity")) {
      return Judgement.contract("former code gets the same default twice: " + text(statement));
    }
    return Judgement.NOTHING;
  }

  private Judgement addConstraint(SqlStatement statement) {
    boolean needed = statement.has("primary") || statement.has("notnull");
    if (!needed && onNewColumnsOnly(statement) && !givesTheSameTwice(statement)) {
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
    boolean bears = onNewColumnsOnly(statement) && !givesTheSameTwice(statement);
    if (!statement.has("unique") || bears) {
      return Judgement.NOTHING;
    }
    return Judgement.contract("former code may write a value twice: " + text(statement));
  }

  private Judgement dropIndex(SqlStatement statement) {
    String name = statement.on();
    boolean unique =
        uniqueIndexes.stream()
            .anyMatch(index -> plain(index).equals(plain(name)) || index.endsWith("." + name));
    return unique
        ? Judgement.contract("drops a unique index, which ON CONFLICT needs: " + text(statement))
        : Judgement.NOTHING;
  }

  /** A null in a new column that former code does not know breaks no rule. */
  private boolean onNewColumnsOnly(SqlStatement statement) {
    List<String> columns =
        statement.columns().stream().map(name -> column(statement, name)).toList();
    return !columns.isEmpty()
        && !statement.has("minds-nulls")
        && newColumns.containsAll(columns)
        && columns.stream().noneMatch(neededColumns::contains);
  }

  /** What former code leaves out has one value, however often. */
  private boolean givesTheSameTwice(SqlStatement statement) {
    return statement.has("unique")
        && statement.columns().stream()
            .allMatch(name -> sameColumns.contains(column(statement, name)));
  }

  private Judgement select(SqlStatement statement) {
    if (HARMLESS_CALLS.containsAll(statement.columns())) {
      return Judgement.NOTHING;
    }
    if (statement.columns().stream().anyMatch(call -> call.endsWith("setval"))) {
      return Judgement.data("moves a sequence: " + text(statement));
    }
    return Judgement.unknown("calls functions whose code nobody reads: " + text(statement));
  }

  private static String column(SqlStatement statement, String name) {
    return plain(statement.on()) + "." + name;
  }

  /** The name without the schema that most leave out. */
  private static String plain(String name) {
    return name.startsWith("public.") ? name.substring("public.".length()) : name;
  }

  static String text(SqlStatement statement) {
    return Excerpt.of(statement.text(), LONGEST_STATEMENT);
  }
}
