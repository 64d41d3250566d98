package dev.signalbox.starter.cli;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lines of the same keys as CSV (RFC 4180), with the keys as its first line. */
record CsvTable(List<Map<String, Object>> lines) {
  private static final String END = "\r\n";

  /** Control characters, line ends of every kind, and signs that turn or hide what follows. */
  private static final Pattern BREAKING = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

  /** The wide forms too: some spreadsheets read them alike. */
  private static final Pattern FORMULA =
      Pattern.compile("\\s*[=+@|\\x{FF1D}\\x{FF0B}\\x{FF20}\\x{FF0D}-]");

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

  // Names and reasons are others' words: a spreadsheet must not take them for a formula, also not
  // one that trims them first, and nothing in them begins a line of its own.
  private static String cell(Object value) {
    String text = value == null ? "" : BREAKING.matcher(value.toString()).replaceAll(" ");
    String harmless = FORMULA.matcher(text).lookingAt() ? "'" + text : text;
    return harmless.matches("[^\",]*") ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
  }
}
