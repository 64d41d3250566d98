package dev.signalbox.workflows.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionJudgeTest extends JudgedRevisions {
  private static final RevisionJudge JUDGE =
      new RevisionJudge(Set.of("public.ix_users_email"), Set.of("need"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CreateStmt",
        "CreateSeqStmt",
        "CreateEnumStmt",
        "CreateExtensionStmt",
        "IndexStmt",
        "AlterEnumStmt/AddValue",
        "AlterTableStmt/AddColumn",
        "AlterTableStmt/DropNotNull",
        "AlterTableStmt/SetDefault",
        "AlterTableStmt/ValidateConstraint",
        "CommentStmt",
        "CreateFunctionStmt",
        "ViewStmt",
        "GrantStmt/Grant",
        "TransactionStmt"
      })
  void callsAnAdditionExpand(String kind) {
    assertThat(kindOf(statement(kind, "users", "x"))).isEqualTo(RevisionClass.EXPAND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DropStmt/TABLE",
        "DropStmt/VIEW",
        "DropStmt/TYPE",
        "DropStmt/FUNCTION",
        "DropStmt/TRIGGER",
        "DropStmt/SCHEMA",
        "RenameStmt/TABLE",
        "RenameStmt/COLUMN",
        "AlterTableStmt/DropColumn",
        "AlterTableStmt/DropConstraint",
        "AlterTableStmt/AlterColumnType",
        "AlterTableStmt/SetNotNull",
        "AlterTableStmt/DropDefault",
        "AlterTableStmt/AddConstraint",
        "AlterEnumStmt/RenameValue",
        "DeleteStmt",
        "TruncateStmt",
        "GrantStmt/Revoke",
        "AlterObjectSchemaStmt"
      })
  void callsWhatBreaksFormerCodeContract(String kind) {
    assertThat(kindOf(statement(kind, "users", "x"))).isEqualTo(RevisionClass.CONTRACT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UpdateStmt", "InsertStmt", "CopyStmt/From", "MergeStmt"})
  void callsWrittenRowsData(String kind) {
    assertThat(kindOf(statement(kind, "users", null))).isEqualTo(RevisionClass.DATA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DoStmt", "CallStmt", "CreateTrigStmt", "RuleStmt", "AStatementOfTheFuture"})
  void knowsWhatItDoesNotKnow(String kind) {
    assertThat(kindOf(statement(kind, "users", null))).isEqualTo(RevisionClass.UNKNOWN);
  }

  @Test
  void letsNothingCountThatHappensToATableOfTheSameRevision() {
    assertThat(
            kindOf(
                statement("CreateStmt", "audit", null),
                statement("IndexStmt", "audit", "ux", "unique"),
                statement("AlterTableStmt/SetNotNull", "audit", "at"),
                statement("DropStmt/TABLE", "audit", null)))
        .isEqualTo(RevisionClass.EXPAND);
  }

  @Test
  void countsWhatHappensToATableThatMayBeAnOldOne() {
    assertThat(
            kindOf(
                statement("CreateStmt", "audit", null, "if-not-exists"),
                statement("DropStmt/TABLE", "audit", null)))
        .isEqualTo(RevisionClass.CONTRACT);
  }

  @Test
  void allowsARuleOnAColumnThatFormerCodeLeavesEmpty() {
    assertThat(
            kindOf(
                statement("AlterTableStmt/AddColumn", "users", "team_id"),
                on(statement("AlterTableStmt/AddConstraint", "users", "fk", "foreign"), "team_id")))
        .isEqualTo(RevisionClass.EXPAND);
  }

  @Test
  void seesARuleThatReachesAnOldColumnToo() {
    assertThat(
            kindOf(
                statement("AlterTableStmt/AddColumn", "users", "team_id"),
                on(
                    statement("AlterTableStmt/AddConstraint", "users", "uq", "unique"),
                    "team_id",
                    "email")))
        .isEqualTo(RevisionClass.CONTRACT);
  }

  @Test
  void callsAColumnThatMustBeFilledContractUnlessItFillsItself() {
    assertThat(kindOf(statement("AlterTableStmt/AddColumn", "users", "plan", "notnull")))
        .isEqualTo(RevisionClass.CONTRACT);
    assertThat(kindOf(statement("AlterTableStmt/AddColumn", "users", "plan", "notnull", "default")))
        .isEqualTo(RevisionClass.EXPAND);
  }

  @Test
  void callsAUniqueIndexContractAlsoWhenItIsBuiltConcurrently() {
    assertThat(kindOf(on(statement("IndexStmt", "users", "ux", "unique", "concurrent"), "email")))
        .isEqualTo(RevisionClass.CONTRACT);
  }

  @Test
  void tellsAUniqueIndexThatIsDroppedByWhatTheDatabaseHas() {
    assertThat(kindOf(statement("DropStmt/INDEX", "ix_users_email", null)))
        .isEqualTo(RevisionClass.CONTRACT);
    assertThat(kindOf(statement("DropStmt/INDEX", "ix_users_name", null)))
        .isEqualTo(RevisionClass.EXPAND);
  }

  @Test
  void takesAnUnqualifiedNameForNoneOfASchema() {
    assertThat(
            kindOf(
                statement("CreateStmt", "audit", null),
                statement("DropStmt/TABLE", "public.audit", null)))
        .isEqualTo(RevisionClass.CONTRACT);
  }

  @Test
  void countsWhatIsDroppedASecondTime() {
    SqlStatement drop = statement("DropStmt/TABLE", "audit", null);

    assertThat(kindOf(statement("CreateStmt", "audit", null, "temporary"), drop, drop))
        .isEqualTo(RevisionClass.CONTRACT);
  }

  @Test
  void callsWhatRunsAFunctionThatNobodyReadsUnknown() {
    assertThat(
            kindOf(statement("AlterTableStmt/AddColumn", "users", "x", "default", "calls:purge")))
        .isEqualTo(RevisionClass.UNKNOWN);
    assertThat(kindOf(statement("AlterTableStmt/AddColumn", "users", "x", "default", "calls:now")))
        .isEqualTo(RevisionClass.EXPAND);
  }

  @Test
  void callsAColumnOfADomainOfTheDatabaseUnknown() {
    assertThat(kindOf(statement("AlterTableStmt/AddColumn", "users", "x", "type:public.need")))
        .isEqualTo(RevisionClass.UNKNOWN);
  }

  @Test
  void knowsAUniqueIndexThatHasNoNameOrAnotherByThen() {
    RevisionJudge judge = new RevisionJudge(Set.of("public.ux_a"), Set.of());
    judge.judge(
        facts()
            .sql(
                on(statement("IndexStmt", "users", null, "unique"), "email"),
                on(statement("RenameStmt/INDEX", "ux_a", null), "ux_b"))
            .done());

    assertThat(kindOf(judge, statement("DropStmt/INDEX", "users_email_idx", null)))
        .isEqualTo(RevisionClass.CONTRACT);
    assertThat(kindOf(judge, statement("DropStmt/INDEX", "ux_b", null)))
        .isEqualTo(RevisionClass.CONTRACT);
  }

  @Test
  void takesTheWorstOfSeveralAndNamesItFirst() {
    RevisionJudge.Verdict verdict =
        JUDGE.judge(
            facts()
                .sql(
                    statement("UpdateStmt", "users", null),
                    statement("AlterTableStmt/DropColumn", "users", "name"))
                .done());

    assertThat(verdict.kind()).isEqualTo(RevisionClass.CONTRACT);
    assertThat(verdict.reasons().get(0)).startsWith("drops: text of AlterTableStmt/DropColumn");
  }

  @Test
  void callsAnAdditionWithoutADowngradeIrreversible() {
    assertThat(JUDGE.judge(facts().sql(statement("CreateStmt", "a", null)).irreversible().done()))
        .extracting(RevisionJudge.Verdict::kind)
        .isEqualTo(RevisionClass.IRREVERSIBLE);
  }

  @Test
  void asksNoDowngradeOfAMerge() {
    assertThat(JUDGE.judge(facts().merge().irreversible().sql().done()).kind())
        .isEqualTo(RevisionClass.EXPAND);
  }

  @Test
  void doesNotBelieveSqlThatHidesADropOfItsCode() {
    assertThat(
            JUDGE.judge(
                facts()
                    .sql(statement("CreateStmt", "a", null))
                    .calls(call("op", "create_table", "a"), call("op", "drop_column", "users", "x"))
                    .done()))
        .satisfies(
            verdict -> {
              assertThat(verdict.kind()).isEqualTo(RevisionClass.UNKNOWN);
              assertThat(verdict.reasons().get(0)).contains("op.drop_column() in line 7");
            });
  }

  @Test
  void doesNotBelieveSqlOfCodeThatAsksWhetherItIsOffline() {
    assertThat(
            JUDGE
                .judge(facts().sql(statement("CreateStmt", "a", null)).offlineBranches().done())
                .kind())
        .isEqualTo(RevisionClass.UNKNOWN);
  }

  @Test
  void doesNotBelieveSqlThatHangsOnWhatIsNotInTheFile() {
    RevisionJudge.Verdict verdict =
        JUDGE.judge(
            facts()
                .sql(statement("CreateStmt", "a", null))
                .elsewhere("calls own.make() in line 3")
                .done());

    assertThat(verdict.kind()).isEqualTo(RevisionClass.UNKNOWN);
    assertThat(verdict.reasons())
        .containsExactly(
            "may be other SQL when it runs than what is shown: it calls own.make() in line 3");
  }

  @Test
  void judgesByTheCallsWhereThereIsNoSql() {
    assertThat(kindOf(call("op", "create_table", "a"))).isEqualTo(RevisionClass.EXPAND);
    assertThat(kindOf(call("op", "drop_table", "a"))).isEqualTo(RevisionClass.CONTRACT);
    assertThat(kindOf(call("batch", "drop_column", "users", "x")))
        .isEqualTo(RevisionClass.CONTRACT);
    assertThat(kindOf(call("op", "bulk_insert", "a"))).isEqualTo(RevisionClass.DATA);
    assertThat(kindOf(call("op", "an_operation_of_a_plugin", "a")))
        .isEqualTo(RevisionClass.UNKNOWN);
  }

  @Test
  void callsSqlThatIsPutTogetherWhenItRunsUnknown() {
    assertThat(
            kindOf(
                new CodeCall(
                    7,
                    "bind",
                    "execute",
                    List.of(Map.of("source", "f'DROP {x}'")),
                    Map.of(),
                    false,
                    false)))
        .isEqualTo(RevisionClass.UNKNOWN);
  }

  @Test
  void callsCodeThatNobodyReadsUnknown() {
    assertThat(kindOf(new CodeCall(7, "legacy", "tidy_up", List.of(), Map.of(), true, false)))
        .isEqualTo(RevisionClass.UNKNOWN);
  }

  @Test
  void takesNoTableOfAnotherSchemaForTheOneThatItMade() {
    CodeCall made = with(call("op", "create_table", "users"), Map.of("schema", "archive"));

    assertThat(kindOf(made, call("op", "drop_table", "users"))).isEqualTo(RevisionClass.CONTRACT);
    assertThat(kindOf(made, with(call("op", "drop_table", "users"), Map.of("schema", "archive"))))
        .isEqualTo(RevisionClass.EXPAND);
  }

  @Test
  void callsAColumnUnknownOfWhichNotEverythingStandsThere() {
    assertThat(kindOf(call("op", "add_column", "users", Map.of("source", "NEW"))))
        .isEqualTo(RevisionClass.UNKNOWN);
    assertThat(kindOf(call("op", "alter_column", "users", "email", false)))
        .isEqualTo(RevisionClass.UNKNOWN);
    assertThat(
            kindOf(
                with(
                    call("op", "alter_column", "users", "email"),
                    Map.of("nullable", Map.of("source", "bool(0)")))))
        .isEqualTo(RevisionClass.UNKNOWN);
    assertThat(
            kindOf(
                with(
                    call("op", "alter_column", "users", "email"),
                    Map.of("**", Map.of("source", "{'type_': X}")))))
        .isEqualTo(RevisionClass.UNKNOWN);
  }

  @Test
  void callsARevisionWithoutSqlAndWithoutOperationsUnknown() {
    assertThat(JUDGE.judge(facts().done()).kind()).isEqualTo(RevisionClass.UNKNOWN);
  }

  @Test
  void callsWhatTheParserRefusesUnknown() {
    assertThat(JUDGE.judge(facts().sql().unparsed("syntax error").done()).kind())
        .isEqualTo(RevisionClass.UNKNOWN);
  }

  private static RevisionClass kindOf(SqlStatement... statements) {
    return kindOf(JUDGE, statements);
  }

  private static RevisionClass kindOf(RevisionJudge judge, SqlStatement... statements) {
    return judge.judge(facts().sql(statements).done()).kind();
  }

  private static RevisionClass kindOf(CodeCall... calls) {
    return JUDGE.judge(facts().calls(calls).done()).kind();
  }
}
