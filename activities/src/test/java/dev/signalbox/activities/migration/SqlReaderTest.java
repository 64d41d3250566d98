package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.migration.SqlStatement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PostgreSQL's own parser, and squawk. */
class SqlReaderTest {
  private static SqlReader.Reading read(String sql) {
    return new SqlReader(new PythonEnvironment(System.getenv()))
        .read(List.of(new SqlReader.Text("a", sql)), null)
        .get("a");
  }

  @Test
  void takesACommentAndNothingBesideItAwayWhateverLettersItHas() {
    SqlReader.Reading reading =
        read(
            """
            select 'é' /* squawk-ignore-file: ü€ */;drop table one; -- ä;
            -- squawk-ignore-file ö
            alter table two drop column three /*€*/;drop table four;
            """);

    assertThat(reading.unparsed()).isNull();
    assertThat(reading.statements())
        .extracting(SqlStatement::kind)
        .containsExactly(
            "SelectStmt", "DropStmt/TABLE", "AlterTableStmt/DropColumn", "DropStmt/TABLE");
    assertThat(reading.findings()).extracting("rule").contains("ban-drop-table", "ban-drop-column");
  }
}
