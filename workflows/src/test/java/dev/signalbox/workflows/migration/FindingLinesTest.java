package dev.signalbox.workflows.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingLinesTest {
  private static final CodeCall ADD =
      call(12, "add_column", "inspections", Map.of("name", "inspector"));
  private static final CodeCall INDEX =
      call(13, "create_index", "ix_inspector", "inspections", List.of("inspector"));
  private static final CodeCall PLAIN = call(15, "execute", "drop table  old;\n");
  private static final List<SqlStatement> SQL =
      List.of(
          statement(1, "ALTER TABLE inspections ADD COLUMN inspector TEXT"),
          statement(3, "CREATE INDEX ix_inspector ON inspections (inspector)"),
          statement(5, "drop table old"));

  @Test
  void isTheLineOfTheCallThatNamesMostOfTheStatement() {
    assertThat(lines(2, 3, 5)).containsExactly(12, 13, 15);
  }

  @Test
  void isNotKnownWhereNoCallNamesAnythingOfIt() {
    assertThat(FindingLines.of(List.of(finding(1)), List.of(call(9, "execute", "x y")), SQL).get(0))
        .isEqualTo(finding(1));
  }

  private static List<Integer> lines(int... findings) {
    return IntStream.of(findings)
        .mapToObj(FindingLinesTest::finding)
        .map(one -> FindingLines.of(List.of(one), List.of(ADD, INDEX, PLAIN), SQL).get(0).source())
        .toList();
  }

  private static Finding finding(int line) {
    return new Finding(line, "a-rule", "A message", null);
  }

  private static CodeCall call(int line, String name, Object... arguments) {
    return new CodeCall(line, "op", name, List.of(arguments), Map.of(), false, false);
  }

  private static SqlStatement statement(int line, String text) {
    return new SqlStatement(line, "a kind", null, null, null, null, text);
  }
}
