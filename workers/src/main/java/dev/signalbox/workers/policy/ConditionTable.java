package dev.signalbox.workers.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.workers.config.Suggestion;
import dev.signalbox.workflows.policy.Condition;
import dev.signalbox.workflows.policy.Condition.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.tomlj.TomlArray;

/** What {@code expect} says: for each JSON pointer a value, or a table of comparisons. */
final class ConditionTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern POINTER = Pattern.compile("(/([^~]|~[01])*)+");
  private static final String VALUE = "a text, a number, true or false, or a list of these";
  private static final String NUMBER = "a number";
  private static final String PATTERN = "a regular expression for the whole text";

  private static final Map<String, Comparison> COMPARISONS = comparisons();

  private ConditionTable() {}

  private static Map<String, Comparison> comparisons() {
    Map<String, Comparison> byKey = new LinkedHashMap<>();
    for (Comparison comparison : Comparison.values()) {
      byKey.put(comparison.key(), comparison);
    }
    return byKey;
  }

  /** Whether it points into a JSON document, as RFC 6901 has it. */
  static boolean pointer(String text) {
    return POINTER.matcher(text).matches();
  }

  static Map<String, List<Condition>> read(Section section, String key) {
    Map<String, List<Condition>> found = new LinkedHashMap<>();
    section
        .table(key)
        .ifPresent(
            expect ->
                expect
                    .names()
                    .forEach(
                        pointer -> {
                          List<Condition> conditions = conditions(expect, pointer);
                          if (!pointer(pointer)) {
                            expect.refused(
                                pointer,
                                "the key " + Section.quoted(pointer),
                                "a JSON pointer such as \"/database\"");
                          }
                          found.put(pointer, conditions);
                        }));
    return found;
  }

  private static List<Condition> conditions(Section expect, String pointer) {
    if (!expect.hasTable(pointer)) {
      return condition(expect, pointer, Comparison.IS).map(List::of).orElse(List.of());
    }
    Section table = expect.table(pointer).orElseThrow();
    List<Condition> conditions = new ArrayList<>();
    for (String name : table.names()) {
      Comparison comparison = COMPARISONS.get(name);
      if (comparison == null) {
        table.add(
            name,
            "there is no such comparison",
            Suggestion.nearest(name, COMPARISONS.keySet())
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("allowed: " + String.join(", ", COMPARISONS.keySet())));
      } else {
        condition(table, name, comparison).ifPresent(conditions::add);
      }
    }
    if (table.names().isEmpty()) {
      expect.refused(
          pointer,
          "an empty table",
          "a value, or one of " + String.join(", ", COMPARISONS.keySet()));
    }
    return conditions;
  }

  private static Optional<Condition> condition(Section table, String key, Comparison comparison) {
    Object value = table.value(key);
    String allowed = misfit(comparison, value);
    if (allowed != null) {
      table.refused(key, Section.described(value), allowed);
      return Optional.empty();
    }
    return Optional.of(new Condition(comparison, json(value)));
  }

  /** What would be allowed in its place; null when it fits. */
  private static String misfit(Comparison comparison, Object value) {
    return switch (comparison) {
      case IS, NOT -> scalar(value) || scalars(value) ? null : VALUE;
      case CONTAINS -> scalar(value) ? null : "a part of a text, or an element of a list";
      case ONE_OF -> scalars(value) && ((TomlArray) value).size() > 0 ? null : "a list of values";
      case AT_LEAST, AT_MOST -> number(value) ? null : NUMBER;
      case MATCHES -> pattern(value) ? null : PATTERN;
      case PRESENT -> value instanceof Boolean ? null : "true or false";
    };
  }

  private static boolean scalar(Object value) {
    return value instanceof String || value instanceof Boolean || number(value);
  }

  private static boolean number(Object value) {
    return value instanceof Long || (value instanceof Double real && Double.isFinite(real));
  }

  private static boolean scalars(Object value) {
    return value instanceof TomlArray list
        && list.toList().stream().allMatch(ConditionTable::scalar);
  }

  private static boolean pattern(Object value) {
    try {
      return value instanceof String text && !text.isEmpty() && Pattern.compile(text) != null;
    } catch (PatternSyntaxException wrong) {
      return false;
    }
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value instanceof TomlArray list ? list.toList() : value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("scalars can always be written", impossible);
    }
  }
}
