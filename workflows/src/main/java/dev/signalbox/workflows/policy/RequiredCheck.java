package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonCreator.Mode;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A check that must be green: one by its name, or several by a pattern. It travels as the file has
 * it, a plain name as a plain text.
 *
 * @param name as GitHub shows it; in a pattern {@code *} stands for any text
 * @param count how many different names must match; 1 for a plain name
 */
public record RequiredCheck(String name, int count) {

  @JsonCreator(mode = Mode.PROPERTIES)
  public RequiredCheck {}

  @JsonCreator(mode = Mode.DELEGATING)
  public static RequiredCheck named(String name) {
    return new RequiredCheck(name, 1);
  }

  @JsonValue
  Object asWritten() {
    return pattern() ? new TreeMap<>(Map.of("name", name, "count", count)) : name;
  }

  public boolean pattern() {
    return name.contains("*");
  }

  public boolean matches(String reported) {
    return pattern() ? asPattern().matcher(reported).matches() : name.equals(reported);
  }

  private Pattern asPattern() {
    return Pattern.compile(
        Arrays.stream(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }
}
