package dev.signalbox.activities.health;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.WantedVersion;
import java.util.Locale;

/** The version that a health answer shows, held against the one that must be running. */
final class RunningVersion {
  /** Fewer digits fit too many commits. */
  private static final int SHORTEST_REVISION = 7;

  private final WantedVersion wanted;

  RunningVersion(WantedVersion wanted) {
    this.wanted = wanted;
  }

  /** As one goes on with a sentence: {@code , /version = 1a2b…}. */
  String words() {
    String version = wanted.text() == null ? wanted.revision() : wanted.text();
    return ", " + wanted.pointer() + " = " + (version.isEmpty() ? "(not known)" : version);
  }

  Finding judge(JsonNode json) {
    JsonNode value = JsonValues.at(json, wanted.pointer());
    String shown = shown(value);
    String got = wanted.pointer() + " = " + JsonValues.words(value);
    return new Finding(reading(shown), got);
  }

  /** Whether it is still the release before that answers, healthy or not. */
  boolean earlier(JsonNode json) {
    return reading(shown(JsonValues.at(json, wanted.pointer()))) == Reading.EARLIER;
  }

  private Reading reading(String shown) {
    if (shown.isEmpty() || (wanted.text() != null && wanted.text().isEmpty())) {
      return Reading.INCONCLUSIVE;
    }
    if (isWanted(shown)) {
      return shown.length() < SHORTEST_REVISION && wanted.text() == null
          ? Reading.INCONCLUSIVE
          : Reading.GOOD;
    }
    boolean longEnough = wanted.text() != null || shown.length() >= SHORTEST_REVISION;
    return longEnough && wanted.earlier().stream().anyMatch(former -> names(shown, former))
        ? Reading.EARLIER
        : Reading.BAD;
  }

  private boolean isWanted(String shown) {
    return wanted.text() == null
        ? names(shown, wanted.revision()) || names(shown, wanted.mergeCommit())
        : shown.equals(wanted.text());
  }

  /** Whether it is this version: all of it, or the begin of a commit. */
  private boolean names(String shown, String version) {
    if (version == null || version.isEmpty()) {
      return false;
    }
    return wanted.text() == null
        ? version.toLowerCase(Locale.ROOT).startsWith(shown.toLowerCase(Locale.ROOT))
        : version.equals(shown);
  }

  /** Empty when there is none: a text, or with versions of their own a number too. */
  private String shown(JsonNode value) {
    boolean readable = value.isTextual() || (wanted.text() != null && value.isNumber());
    return readable ? value.asText().strip() : "";
  }
}
