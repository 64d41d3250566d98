package dev.signalbox.workflows.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.policy.Pipeline;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What a policy says, each rule by its key, as people compare it with the file. Pure. */
final class PolicyKeys {
  /** Durations as the file has them, because people compare with it. */
  private static final ObjectMapper READABLE =
      WireFormat.mapper()
          .copy()
          .registerModule(
              new SimpleModule()
                  .addSerializer(
                      Duration.class,
                      new StdDelegatingSerializer(Duration.class, new DurationAsWritten())));

  private static final class DurationAsWritten extends StdConverter<Duration, String> {
    @Override
    public String convert(Duration value) {
      return DurationText.of(value);
    }
  }

  private PolicyKeys() {}

  /** Of all that an approval is bound to; what is not said is left out. */
  static Map<String, String> of(Pipeline policy) {
    Map<String, String> flat = new TreeMap<>();
    flatten("", READABLE.valueToTree(policy.covered()), flat);
    return flat;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> flat) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  flatten(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      flat));
    } else if (node.isArray()) {
      for (int at = 0; at < node.size(); at++) {
        JsonNode element = node.get(at);
        boolean person = element.has("group") && element.has("name");
        String place =
            person
                ? path + "." + element.get("group").asText() + "." + element.get("name").asText()
                : path + "[" + at + "]";
        if (person) {
          flat.put(place, "there");
        }
        flatten(place, element, flat);
      }
    } else if (!node.isNull()) {
      flat.put(path, node.asText());
    }
  }
}
