package dev.signalbox.workflows.migration;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where in a revision's file a finding of its SQL comes from: the call that names most of what the
 * statement names. Pure.
 */
public final class FindingLines {
  private FindingLines() {}

  /**
   * The findings with their lines, as far as a call is found for them.
   *
   * @param calls of the revision's {@code upgrade()}, in order
   * @param statements of its SQL
   */
  public static List<Finding> of(
      List<Finding> findings, List<CodeCall> calls, List<SqlStatement> statements) {
    return findings.stream()
        .map(finding -> finding.at(line(finding, calls, statements).orElse(null)))
        .toList();
  }

  private static Optional<Integer> line(
      Finding finding, List<CodeCall> calls, List<SqlStatement> statements) {
    Optional<SqlStatement> statement =
        statements.stream()
            .filter(one -> one.line() <= finding.line())
            .reduce((earlier, last) -> last);
    Optional<Integer> found = Optional.empty();
    long most = 0;
    for (CodeCall call : calls) {
      long named = statement.map(one -> named(call, one.text())).orElse(0L);
      if (named > most) {
        most = named;
        found = Optional.of(call.line());
      }
    }
    return found;
  }

  private static long named(CodeCall call, String statement) {
    return Stream.concat(call.arguments().stream(), call.named().values().stream())
        .flatMap(FindingLines::texts)
        .filter(text -> text.length() > 1 && statement.contains(text))
        .distinct()
        .count();
  }

  /** All words in a value, and in what it is made of. */
  private static Stream<String> texts(Object value) {
    if (value instanceof String text) {
      return Stream.of(text, text.strip().replaceAll("\\s+", " ").replaceAll(";$", ""));
    }
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().flatMap(FindingLines::texts);
    }
    return value instanceof Collection<?> all
        ? all.stream().flatMap(FindingLines::texts)
        : Stream.empty();
  }
}
