package dev.signalbox.activities.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signalbox.activities.http.PatientPattern;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.policy.Condition;
import java.util.List;
import java.util.Map;

/**
 * What the policy expects of a health answer's JSON, compared with what is there. A value that is
 * there and differs, in its type too, is wrong; one that is absent says nothing, unless it is its
 * absence that was asked about.
 */
final class Conditions {
  /** More of a text is not looked at. */
  private static final int LONGEST_MATCHED = 10_000;

  private final Map<String, List<Condition>> expect;

  Conditions(Map<String, List<Condition>> expect) {
    this.expect = expect;
  }

  boolean none() {
    return expect.isEmpty();
  }

  /** As one goes on with a sentence: {@code , /database = "connected"}. */
  String words() {
    StringBuilder words = new StringBuilder();
    expect.forEach(
        (pointer, conditions) ->
            conditions.forEach(
                condition ->
                    words.append(", ").append(pointer).append(' ').append(condition.words())));
    return words.toString();
  }

  /** The first that is wrong; else the first of which nothing can be said; else good. */
  Finding judge(JsonNode json) {
    Finding unclear = null;
    for (Map.Entry<String, List<Condition>> entry : expect.entrySet()) {
      JsonNode value = JsonValues.at(json, entry.getKey());
      String got = entry.getKey() + " = " + JsonValues.words(value);
      for (Condition condition : entry.getValue()) {
        Reading reading = judge(condition, value);
        if (reading == Reading.BAD) {
          return new Finding(reading, got);
        }
        if (reading == Reading.INCONCLUSIVE && unclear == null) {
          unclear = new Finding(reading, got);
        }
      }
    }
    return unclear != null ? unclear : new Finding(Reading.GOOD, "all conditions hold");
  }

  private static Reading judge(Condition condition, JsonNode value) {
    JsonNode than = JsonValues.parse(condition.than()).orElse(MissingNode.getInstance());
    if (condition.comparison() == Condition.Comparison.PRESENT) {
      return value.isMissingNode() != than.asBoolean() ? Reading.GOOD : Reading.BAD;
    }
    if (value.isMissingNode() || than.isMissingNode()) {
      return Reading.INCONCLUSIVE;
    }
    return holds(condition, value, than) ? Reading.GOOD : Reading.BAD;
  }

  private static boolean holds(Condition condition, JsonNode value, JsonNode than) {
    return switch (condition.comparison()) {
      case IS -> same(value, than);
      case NOT -> !same(value, than);
      case ONE_OF -> has(than, value);
      case AT_LEAST -> numbers(value, than) && compare(value, than) >= 0;
      case AT_MOST -> numbers(value, than) && compare(value, than) <= 0;
      case CONTAINS ->
          value.isArray()
              ? has(value, than)
              : value.isTextual() && value.asText().contains(than.asText());
      case MATCHES ->
          value.isTextual()
              && value.asText().length() <= LONGEST_MATCHED
              && new PatientPattern(than.asText()).matches(value.asText());
      case PRESENT -> true;
    };
  }

  private static boolean has(JsonNode list, JsonNode wanted) {
    for (JsonNode element : list) {
      if (same(element, wanted)) {
        return true;
      }
    }
    return false;
  }

  /** 1 and 1.0 are one number; "1" is none. */
  private static boolean same(JsonNode one, JsonNode other) {
    if (numbers(one, other)) {
      return compare(one, other) == 0;
    }
    if (one.isArray() && other.isArray()) {
      boolean same = one.size() == other.size();
      for (int at = 0; same && at < one.size(); at++) {
        same = same(one.get(at), other.get(at));
      }
      return same;
    }
    return one.equals(other);
  }

  private static boolean numbers(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber();
  }

  private static int compare(JsonNode one, JsonNode other) {
    return one.decimalValue().compareTo(other.decimalValue());
  }
}
