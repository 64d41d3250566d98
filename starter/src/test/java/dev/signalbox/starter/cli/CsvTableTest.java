package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvTableTest {
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
