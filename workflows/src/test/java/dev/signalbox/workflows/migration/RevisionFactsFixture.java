package dev.signalbox.workflows.migration;

import java.util.ArrayList;
import java.util.List;

/** One revision in the making: reversible, with a former one, without SQL and calls. */
final class RevisionFactsFixture {
  private List<String> down = List.of("a");
  private final List<CodeCall> calls = new ArrayList<>();
  private boolean offlineBranches;
  private String elsewhere;
  private boolean reversible = true;
  private String sql;
  private List<SqlStatement> statements = List.of();
  private String unparsed;

  RevisionFactsFixture sql(SqlStatement... all) {
    sql = "its SQL";
    statements = List.of(all);
    return this;
  }

  RevisionFactsFixture calls(CodeCall... all) {
    calls.addAll(List.of(all));
    return this;
  }

  RevisionFactsFixture offlineBranches() {
    offlineBranches = true;
    return this;
  }

  RevisionFactsFixture elsewhere(String why) {
    elsewhere = why;
    return this;
  }

  RevisionFactsFixture irreversible() {
    reversible = false;
    return this;
  }

  RevisionFactsFixture merge() {
    down = List.of("a", "b");
    return this;
  }

  RevisionFactsFixture unparsed(String why) {
    unparsed = why;
    return this;
  }

  RevisionFacts done() {
    return new RevisionFacts(
        "c",
        down,
        null,
        null,
        "c.py",
        "00",
        calls,
        offlineBranches,
        elsewhere,
        reversible,
        sql,
        sql == null ? "it could not be rendered" : null,
        statements,
        unparsed,
        List.of());
  }
}
