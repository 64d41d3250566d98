package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "=cmd|' /C calc'!A0",
        "=cmd\u2028second line",
        " \t=1+1",
        "\u200B=1+1",
        "\r\n@SUM(A1)",
        "-1+1",
        "\uFF1D1+1"
      })
  void makesNoFormulaOfWhatSomebodyTyped(String reason) {
    String cell =
        new CsvTable(List.of(Map.of("detail", reason))).toString().lines().toList().get(1);

    assertThat(cell).startsWith("'").doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}]");
  }

  @Test
  void quotesWhatNeedsItAndLeavesNothingThatASpreadsheetWouldRun() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("person", "ana, of ops");
    line.put("detail", "said \"yes\"\nand went");
    line.put("reason", "=HYPERLINK(1)");
    line.put("result", null);

    assertThat(new CsvTable(List.of(line)).toString().split("\r\n"))
        .containsExactly(
            "person,detail,reason,result",
            "\"ana, of ops\",\"said \"\"yes\"\" and went\",'=HYPERLINK(1),");
  }
}
