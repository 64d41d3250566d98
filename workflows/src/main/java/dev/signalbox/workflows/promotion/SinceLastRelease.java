package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.environment.ReleasedAs;
import dev.signalbox.workflows.gate.Facts;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.notify.Card.Line;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What no commit shows: which rules of the policy, and which settings of the services at Railway,
 * are others than when the last release went live. Pure.
 */
final class SinceLastRelease {
  private static final int MOST_LINES = 20;
  private static final int LONGEST_VALUE = 100;
  private static final int LONGEST_MARK = 8;

  private SinceLastRelease() {}

  /** What the next release is compared with, once this one is live. */
  static ReleasedAs now(Preflight preflight) {
    return new ReleasedAs(
        policy(preflight.pipeline()), settings(preflight.pipeline(), preflight.facts().target()));
  }

  /** Which rules have changed. */
  static List<Line> policy(Preflight preflight) {
    ReleasedAs before = preflight.recorded().released();
    if (before == null || before.policy().isEmpty()) {
      return List.of(Line.of("not known: the last release left none on record"));
    }
    List<String> changed = Change.differences(before.policy(), policy(preflight.pipeline()));
    return changed.isEmpty() ? List.of(Line.of("as at the last release")) : lines(changed);
  }

  /** What somebody has set otherwise at Railway, or set otherwise than in the source. */
  static List<Line> settings(Preflight preflight) {
    Facts facts = preflight.facts();
    Pipeline pipeline = preflight.pipeline();
    Map<String, String> today = settings(pipeline, facts.target());
    if (today.isEmpty()) {
      return List.of(Line.of("not known: Railway did not say how the services are set"));
    }
    ReleasedAs before = preflight.recorded().released();
    if (before != null && !before.settings().isEmpty()) {
      List<String> changed = Change.differences(before.settings(), today);
      return changed.isEmpty() ? List.of(Line.of("as at the last release")) : lines(changed);
    }
    Map<String, String> source = settings(pipeline, facts.source());
    if (source.isEmpty()) {
      return List.of(Line.of("not known: the last release left none on record"));
    }
    List<String> others = elsewhere(source, today, pipeline);
    return others.isEmpty() ? List.of(Line.of("as in " + pipeline.source().name())) : lines(others);
  }

  private static List<String> elsewhere(
      Map<String, String> source, Map<String, String> today, Pipeline pipeline) {
    Map<String, String> keys = new TreeMap<>(source);
    keys.putAll(today);
    List<String> lines = new ArrayList<>();
    for (String key : keys.keySet()) {
      if (!source.getOrDefault(key, "").equals(today.getOrDefault(key, ""))) {
        lines.add(
            key
                + " is "
                + today.getOrDefault(key, "absent")
                + ", in "
                + pipeline.source().name()
                + " "
                + source.getOrDefault(key, "absent"));
      }
    }
    return lines;
  }

  private static List<Line> lines(List<String> sentences) {
    List<Line> lines = new ArrayList<>();
    sentences.stream()
        .limit(MOST_LINES)
        .forEach(sentence -> lines.add(Line.of(ReleaseParts.words(sentence))));
    if (sentences.size() > MOST_LINES) {
      lines.add(Line.of("… and " + (sentences.size() - MOST_LINES) + " more"));
    }
    return lines;
  }

  private static Map<String, String> policy(Pipeline pipeline) {
    Map<String, String> keys = PolicyKeys.of(pipeline);
    keys.replaceAll((key, value) -> brief(value));
    return keys;
  }

  /** By service, as the file calls it, and Railway's name of the setting. */
  private static Map<String, String> settings(Pipeline pipeline, EnvironmentState state) {
    Map<String, String> all = new TreeMap<>();
    if (state == null) {
      return all;
    }
    for (ServicePolicy service : pipeline.services()) {
      Map<String, String> own =
          state.service(service.railway()).map(ServiceState::settings).orElse(Map.of());
      own.forEach((name, value) -> all.put(service.name() + "." + name, value));
    }
    return all;
  }

  private static String brief(String value) {
    return value.length() <= LONGEST_VALUE
        ? value
        : Excerpt.of(value, LONGEST_VALUE - LONGEST_MARK - 1)
            + " "
            + Digest.sha256(value).substring(0, LONGEST_MARK);
  }
}
