package dev.signalbox.workflows.migration;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A call in a revision's own code, as its syntax tree shows it.
 *
 * @param line in the file, from 1
 * @param on what it is called on ({@code op}, {@code batch_op}, {@code op.get_bind}); empty for a
 *     function that the file does not define
 * @param arguments values where the source has values; else {@code {"source": "…"}}
 * @param named the same by keyword
 */
public record CodeCall(
    int line, String on, String name, List<Object> arguments, Map<String, Object> named) {
  private static final String SOURCE = "source";

  public CodeCall {
    arguments = arguments == null ? List.of() : arguments;
    named = named == null ? Map.of() : named;
  }

  /** The argument where it is a text in the source; null = it is something else, or not there. */
  String text(int position) {
    return position < arguments.size() && arguments.get(position) instanceof String text
        ? text
        : null;
  }

  /** The argument's source where it is no plain value; empty = it is one, or not there. */
  String source(int position) {
    return position < arguments.size() ? sourceOf(arguments.get(position)) : "";
  }

  /** Whether the keyword is there and is exactly this value. */
  boolean says(String keyword, Object value) {
    return named.containsKey(keyword) && value.equals(named.get(keyword));
  }

  /** Whether the object with the operations itself is handed to somebody else. */
  boolean handsOn(String variable) {
    return Stream.concat(arguments.stream(), named.values().stream())
        .anyMatch(value -> sourceOf(value).equals(variable));
  }

  private static String sourceOf(Object value) {
    return value instanceof Map<?, ?> map && map.get(SOURCE) instanceof String source ? source : "";
  }

  /** SQL that stands in the source as it is; null = none, or put together when it runs. */
  public String literalSql() {
    return CallRules.EXECUTING.contains(name) ? text(0) : null;
  }

  String shown() {
    return (on.isEmpty() ? "" : on + ".") + name + "() in line " + line;
  }
}
