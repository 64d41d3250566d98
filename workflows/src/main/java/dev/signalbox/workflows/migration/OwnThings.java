package dev.signalbox.workflows.migration;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What one revision has made so far, which is nobody's yet. A name counts only as it was written
 * where the thing was made: without its schema it may be another's, and once the search path has
 * moved such a name says nothing. Not shared between revisions.
 */
final class OwnThings {
  private static final String TABLE = "table";
  private static final String TYPE = "type";
  private static final String VIEW = "view";
  private static final String SEQUENCE = "sequence";

  private static final Map<String, String> MAKING =
      Map.of(
          "CreateStmt", TABLE,
          "CreateTableAsStmt", TABLE,
          "SelectIntoStmt", TABLE,
          "CreateSeqStmt", SEQUENCE,
          "CreateEnumStmt", TYPE,
          "CreateRangeStmt", TYPE,
          "CompositeTypeStmt", TYPE,
          "ViewStmt", VIEW);

  /** What may happen to one's own thing without reaching others'. */
  private static final Map<String, String> REACHING =
      Map.ofEntries(
          Map.entry("IndexStmt", TABLE),
          Map.entry("InsertStmt", TABLE),
          Map.entry("UpdateStmt", TABLE),
          Map.entry("DeleteStmt", TABLE),
          Map.entry("TruncateStmt", TABLE),
          Map.entry("CopyStmt/From", TABLE),
          Map.entry("MergeStmt", TABLE),
          Map.entry("CreateTrigStmt", TABLE),
          Map.entry("CreatePolicyStmt", TABLE),
          Map.entry("DropStmt/TABLE", TABLE),
          Map.entry("DropStmt/TRIGGER", TABLE),
          Map.entry("RenameStmt/TABLE", TABLE),
          Map.entry("RenameStmt/COLUMN", TABLE),
          Map.entry("RenameStmt/TABCONSTRAINT", TABLE),
          Map.entry("AlterEnumStmt/RenameValue", TYPE),
          Map.entry("DropStmt/TYPE", TYPE),
          Map.entry("DropStmt/VIEW", VIEW),
          Map.entry("AlterSeqStmt", SEQUENCE),
          Map.entry("DropStmt/SEQUENCE", SEQUENCE));

  private static final Set<String> PARTS =
      Set.of(
          "AddColumn",
          "DropColumn",
          "AlterColumnType",
          "SetNotNull",
          "DropNotNull",
          "SetDefault",
          "DropDefault",
          "AddConstraint",
          "DropConstraint",
          "ValidateConstraint",
          "SetStatistics",
          "SetStorage",
          "SetRelOptions",
          "ResetRelOptions",
          "ReplicaIdentity",
          "SetLogged",
          "ClusterOn",
          "ChangeOwner",
          "AddIdentity",
          "EnableRowSecurity");

  private static final Set<String> WRITING =
      Set.of(
          "InsertStmt",
          "UpdateStmt",
          "DeleteStmt",
          "TruncateStmt",
          "CopyStmt/From",
          "MergeStmt",
          "DropStmt/TABLE");

  /** Name to kind; a temporary table stands before one that stays. */
  private final Map<String, String> lasting = new HashMap<>();

  private final Set<String> temporary = new HashSet<>();
  private final Set<String> reached = new HashSet<>();
  private boolean pathMoved;
  private boolean referenced;

  /** Whether the statement reaches nothing that was there before. */
  boolean covers(SqlStatement statement) {
    String wanted = kindReached(statement);
    if (wanted == null || statement.on() == null || statement.has("cascade")) {
      return false;
    }
    if (WRITING.contains(statement.kind()) && (referenced || reached.contains(statement.on()))) {
      return false;
    }
    boolean own =
        wanted.equals(lasting.get(statement.on()))
            || (wanted.equals(TABLE) && temporary.contains(statement.on()));
    return own && isSure(statement.on());
  }

  /** To be told of each statement after it was asked about. */
  void note(SqlStatement statement) {
    if (movesPath(statement)) {
      pathMoved = true;
    }
    if (statement.is("TransactionStmt") && !statement.has("begin") && !statement.has("start")) {
      // A temporary table may be gone with it.
      temporary.clear();
      if (statement.flags().stream().anyMatch(flag -> flag.startsWith("rollback"))) {
        lasting.clear();
      }
    }
    if (statement.on() == null) {
      return;
    }
    if (statement.is("CreateTrigStmt")) {
      reached.add(statement.on());
    }
    if (statement.kind().startsWith("DropStmt/") || isRename(statement)) {
      if (!temporary.remove(statement.on())) {
        lasting.remove(statement.on());
      }
    }
    if (isMaking(statement) && isSure(statement.on())) {
      if (statement.has("temporary")) {
        temporary.add(statement.on());
      } else {
        lasting.put(statement.on(), MAKING.get(statement.kind()));
      }
    }
    // By a key that cascades, what happens to the new rows reaches the old ones.
    referenced |= statement.has("foreign") && !isOwn(statement.on());
  }

  private boolean isOwn(String name) {
    return lasting.containsKey(name) || temporary.contains(name);
  }

  private static boolean isMaking(SqlStatement statement) {
    // With IF NOT EXISTS it may be an old one.
    return MAKING.containsKey(statement.kind())
        && !statement.has("if-not-exists")
        && !statement.has("replace");
  }

  static boolean isRename(SqlStatement statement) {
    return statement.kind().startsWith("RenameStmt/") && statement.name() == null;
  }

  private static String kindReached(SqlStatement statement) {
    String part = "AlterTableStmt/";
    if (statement.kind().startsWith(part)) {
      boolean known = PARTS.contains(statement.kind().substring(part.length()));
      return known && !statement.has("not-a-table") ? TABLE : null;
    }
    return REACHING.get(statement.kind());
  }

  private boolean isSure(String name) {
    return !pathMoved || name.contains(".");
  }

  static boolean movesPath(SqlStatement statement) {
    if (statement.is("VariableSetStmt")) {
      return statement.on() == null
          || Set.of("search_path", "all", "role", "session_authorization")
              .contains(statement.on().toLowerCase(Locale.ROOT));
    }
    return statement.has("sets:search_path")
        || statement.has("sets:role")
        || statement.has("sets:?");
  }
}
