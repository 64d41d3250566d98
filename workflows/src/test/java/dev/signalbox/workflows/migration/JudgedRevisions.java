package dev.signalbox.workflows.migration;

import java.util.List;
import java.util.Map;

/** Parts of revisions, in one line each. */
abstract class JudgedRevisions {
  static SqlStatement statement(String kind, String on, String name, String... flags) {
    List<String> columns = kind.equals("AlterTableStmt/AddColumn") ? List.of(name) : List.of();
    return new SqlStatement(1, kind, on, name, columns, List.of(flags), "text of " + kind);
  }

  static SqlStatement on(SqlStatement statement, String... columns) {
    return new SqlStatement(
        statement.line(),
        statement.kind(),
        statement.on(),
        statement.name(),
        List.of(columns),
        statement.flags(),
        statement.text());
  }

  static CodeCall call(String on, String name, Object... arguments) {
    return new CodeCall(7, on, name, List.of(arguments), Map.of(), false, false);
  }

  static CodeCall with(CodeCall call, Map<String, Object> named) {
    return new CodeCall(call.line(), call.on(), call.name(), call.arguments(), named, false, false);
  }

  static RevisionFactsFixture facts() {
    return new RevisionFactsFixture();
  }
}
