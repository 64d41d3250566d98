package dev.signalbox.workflows.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Revisions of a database that nobody asks. */
class UnaskedDatabaseTest extends JudgedRevisions {
  @Test
  void takesAnIndexForUniqueAndATypeForADomainWhereTheDatabaseIsNotAsked() {
    RevisionJudge judge = RevisionJudge.ofAnUnaskedDatabase();

    assertThat(unasked(judge, statement("DropStmt/INDEX", "ix_old", null)))
        .isEqualTo(RevisionClass.UNKNOWN);
    assertThat(
            unasked(
                judge, statement("AlterTableStmt/AddColumn", "users", "x", "type:public.email")))
        .isEqualTo(RevisionClass.UNKNOWN);
    assertThat(judge.judge(facts().calls(call("op", "drop_index", "ix_old")).done()).kind())
        .isEqualTo(RevisionClass.UNKNOWN);
  }

  @Test
  void knowsWithoutADatabaseWhatIsMadeInTheSameRangeAndWhatIsPostgresOwn() {
    RevisionJudge judge = RevisionJudge.ofAnUnaskedDatabase();

    assertThat(unasked(judge, statement("IndexStmt", "users", "ix_new")))
        .isEqualTo(RevisionClass.EXPAND);
    assertThat(unasked(judge, statement("DropStmt/INDEX", "ix_new", null)))
        .isEqualTo(RevisionClass.EXPAND);
    for (String type : List.of("type:pg_catalog.int4", "type:text", "type:uuid")) {
      assertThat(unasked(judge, statement("AlterTableStmt/AddColumn", "users", "x", type)))
          .as(type)
          .isEqualTo(RevisionClass.EXPAND);
    }
  }

  private static RevisionClass unasked(RevisionJudge judge, SqlStatement statement) {
    return judge.judge(facts().sql(statement).done()).kind();
  }
}
