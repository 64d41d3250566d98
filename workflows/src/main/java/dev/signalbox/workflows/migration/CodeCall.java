package dev.signalbox.workflows.migration;

import java.util.List;
import java.util.Map;

/**
 * A call in a revision's own code, as its syntax tree shows it.
 *
 * @param line in the file, from 1
 * @param on {@code op}, {@code batch}, {@code bind} (a connection) and {@code op.get_context} where
 *     it certainly is one, by whatever name; of what is foreign its source
 * @param arguments values where the source has values; else {@code {"source": "…"}}
 * @param named the same by keyword; {@code **} = more that does not stand there
 * @param foreign whether nobody knows what it does
 * @param conditional whether it may not be reached
 */
public record CodeCall(
    int line,
    String on,
    String name,
    List<Object> arguments,
    Map<String, Object> named,
    boolean foreign,
    boolean conditional) {
  private static final String SOURCE = "source";

  public CodeCall {
    arguments = arguments == null ? List.of() : arguments;
    named = named == null ? Map.of() : named;
  }

  /** Whether everything that it is given stands in its list. */
  boolean isWrittenOut() {
    return !named.containsKey("**")
        && arguments.stream().noneMatch(value -> sourceOf(value).startsWith("*"));
  }

  /** What a new column wants of former code; null = the argument is no column. */
  List<?> column(int position) {
    return position < arguments.size()
            && arguments.get(position) instanceof Map<?, ?> map
            && map.get("flags") instanceof List<?> flags
        ? flags
        : null;
  }

  boolean isAbsentOr(String keyword, Object value) {
    return named.get(keyword) == null || value.equals(named.get(keyword));
  }

  /** The argument where it is a text in the source; null = it is something else, or not there. */
  String text(int position) {
    return position < arguments.size() && arguments.get(position) instanceof String text
        ? text
        : null;
  }

  /** Whether the keyword is there and is exactly this value. */
  boolean says(String keyword, Object value) {
    return named.containsKey(keyword) && value.equals(named.get(keyword));
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
