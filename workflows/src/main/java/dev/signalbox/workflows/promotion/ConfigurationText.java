package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.notify.Card.Line;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.release.ConfigurationDiff;
import java.util.ArrayList;
import java.util.List;

/**
 * What is configured otherwise than for the release before: by the commits in their files, by
 * somebody at Railway, and in the policy. Line by line. Pure.
 */
final class ConfigurationText {
  private static final int MOST_FILES = 20;

  private ConfigurationText() {}

  /** One part each; the latter two are empty where nothing has been released before. */
  static List<Part> parts(Preflight preflight) {
    boolean first = preflight.release().first();
    return List.of(
        new Part("Configuration", lines(preflight.facts().release().configuration())),
        new Part("Service settings", first ? List.of() : SinceLastRelease.settings(preflight)),
        new Part("Policy", first ? List.of() : SinceLastRelease.policy(preflight)));
  }

  /**
   * @param diff null = it is not known
   */
  static List<Line> lines(ConfigurationDiff diff) {
    if (diff == null) {
      return List.of(Line.of("not known: GitHub did not say which files the commits change"));
    }
    List<Line> lines = new ArrayList<>();
    diff.files().stream()
        .limit(MOST_FILES)
        .forEach(
            file -> lines.add(ReleaseParts.line(ReleaseParts.words(file.path()), file.words())));
    if (diff.files().size() > MOST_FILES) {
      lines.add(Line.of("… and " + (diff.files().size() - MOST_FILES) + " more files"));
    }
    if (!diff.whole()) {
      lines.add(Line.of("perhaps more: GitHub names the first 300 changed files only"));
    } else if (lines.isEmpty()) {
      lines.add(Line.of("no file of it changes"));
    }
    return lines;
  }
}
