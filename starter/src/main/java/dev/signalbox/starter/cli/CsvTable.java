package dev.signalbox.starter.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lines of the same keys as CSV (RFC 4180), with the keys as its first line. */
record CsvTable(List<Map<String, Object>> lines) {
  private static final String END = "\r\n";

  @Override
  public String toString() {
    if (lines.isEmpty()) {
      return "";
    }
    return row(lines.get(0).keySet().stream().map(Object.class::cast).toList())
        + lines.stream()
            .map(line -> row(line.values().stream().toList()))
            .collect(Collectors.joining());
  }

  private static String row(List<Object> cells) {
    return cells.stream().map(CsvTable::cell).collect(Collectors.joining(",", "", END));
  }

  // Names and reasons are others' words: a spreadsheet must not take them for a formula.
  private static String cell(Object value) {
    String text = value == null ? "" : value.toString().replaceAll("\\p{Cntrl}+", " ");
    String harmless = text.matches("[=+@-].*") ? "'" + text : text;
    return harmless.matches("[^\",]*") ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
  }
}
