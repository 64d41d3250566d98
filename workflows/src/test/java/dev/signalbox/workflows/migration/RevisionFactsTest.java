package dev.signalbox.workflows.migration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the facts of a revision say without a judge. */
class RevisionFactsTest extends JudgedRevisions {
  @Test
  void trustsARevisionThatStaysInItsTransactionToLeaveNothingBehind() {
    assertThat(facts().sql(statement("CreateStmt", "users", null)).done().transactional()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TransactionStmt", "VacuumStmt", "ReindexStmt"})
  void trustsNoRevisionThatLeavesItsTransaction(String kind) {
    assertThat(facts().sql(statement(kind, null, null)).done().transactional()).isFalse();
  }

  @Test
  void trustsNoRevisionThatMayLeaveHalfOfItselfBehind() {
    SqlStatement table = statement("CreateStmt", "users", null);

    assertThat(facts().sql(statement("IndexStmt", "users", "ix", "concurrent")).done())
        .matches(facts -> !facts.transactional(), "an index that is made concurrently");
    assertThat(facts().sql(table).calls(call("op.get_bind", "commit")).done())
        .matches(facts -> !facts.transactional(), "a commit in its code");
    assertThat(facts().sql(table).offlineBranches().done())
        .matches(facts -> !facts.transactional(), "code that asks whether it is offline");
    assertThat(facts().calls(call("op", "add_column")).done())
        .matches(facts -> !facts.transactional(), "no SQL to read");
  }

  @Test
  void knowsARevisionThatOnlyRecordsItself() {
    assertThat(facts().merge().sql().done().empty()).isTrue();
    assertThat(facts().merge().sql(statement("CreateStmt", "users", null)).done().empty())
        .isFalse();
    assertThat(facts().merge().calls(call("op", "create_table", "users")).sql().done().empty())
        .isFalse();
  }
}
