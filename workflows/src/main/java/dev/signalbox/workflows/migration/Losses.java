package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.migration.DowngradePlan.Loss;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a revision's statements take away for good. Pure. */
public final class Losses {
  private static final Map<String, String> WHOLE =
      Map.of(
          "DropStmt/TABLE", "drops table ",
          "DropStmt/MATVIEW", "drops materialized view ",
          "TruncateStmt", "empties table ",
          "DeleteStmt", "deletes rows of ",
          "UpdateStmt", "writes over rows of ");

  private Losses() {}

  public static List<Loss> of(RevisionFacts facts) {
    if (facts.sql() == null || facts.unparsed() != null || facts.offlineBranches()) {
      return List.of(
          new Loss(
              facts.revision(),
              "what it takes away is not known, its SQL cannot be read",
              null,
              null,
              null));
    }
    return facts.statements().stream().flatMap(one -> of(facts.revision(), one).stream()).toList();
  }

  private static Optional<Loss> of(String revision, SqlStatement statement) {
    if (statement.is("AlterTableStmt/DropColumn")) {
      String column = statement.name();
      return Optional.of(
          new Loss(
              revision,
              "drops column " + column + " of " + statement.on(),
              statement.on(),
              column,
              null));
    }
    return Stream.ofNullable(WHOLE.get(statement.kind()))
        .map(words -> new Loss(revision, words + statement.on(), statement.on(), null, null))
        // Alembic's own bookkeeping is no row of anybody's.
        .filter(loss -> loss.table() != null && !loss.table().endsWith("alembic_version"))
        .findFirst();
  }
}
