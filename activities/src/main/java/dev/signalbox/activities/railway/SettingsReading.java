package dev.signalbox.activities.railway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.http.ForeignText;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.release.Digest;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a service is built and run, in words that may be told: a command may hold a secret. What is
 * masked or cut keeps a mark, so that a change is seen; of a mark so short nobody learns the value.
 */
final class SettingsReading {
  private static final int LONGEST_VALUE = 80;
  private static final int LONGEST_MARK = 4;

  private SettingsReading() {}

  /** By Railway's name of the setting; what is not set is left out. */
  static Map<String, String> of(Map<String, JsonNode> settings) {
    Map<String, String> told = new TreeMap<>();
    settings.forEach(
        (name, value) -> {
          String raw = value.isValueNode() ? value.asText() : value.toString();
          if (!value.isNull() && !raw.isEmpty() && !raw.equals("[]")) {
            told.put(name, told(raw));
          }
        });
    return told;
  }

  private static String told(String raw) {
    String shown = Excerpt.of(ForeignText.ofLog(raw), LONGEST_VALUE);
    return shown.equals(raw)
        ? raw
        : shown + " (" + Digest.sha256(raw).substring(0, LONGEST_MARK) + ")";
  }
}
