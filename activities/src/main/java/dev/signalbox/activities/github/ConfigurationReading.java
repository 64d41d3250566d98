package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Comparison;
import dev.signalbox.activities.github.GitHubAnswers.Comparison.ChangedFile;
import dev.signalbox.workflows.release.ConfigurationDiff;
import dev.signalbox.workflows.release.ConfigurationDiff.FileDiff;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a comparison's patches say of the files of configuration, key by key. A value that may be a
 * secret, or is long, is not told.
 */
final class ConfigurationReading {
  private static final int MOST_KEYS = 20;
  private static final int LONGEST_VALUE = 60;

  /** A key of TOML or JSON with its value. */
  private static final Pattern SETTING =
      Pattern.compile("^\\s*\"?([\\w.-]+)\"?\\s*[=:]\\s*(.*?),?\\s*$");

  private static final Pattern TABLE =
      Pattern.compile("^\\s*\\[{1,2}([\\w-]+(?:\\.[\\w-]+)*)\\]{1,2}\\s*$");

  private static final Pattern SECRET =
      Pattern.compile(
          "token|secret|passw|credential|key|auth|command|://|\\w=\\S|[\\w+/-]{24}",
          Pattern.CASE_INSENSITIVE);

  /** By key, in the file's order: the old value and the new one; null = it is not there. */
  private final Map<String, String[]> settings = new LinkedHashMap<>();

  private final List<String> told = new ArrayList<>();
  private String table = "";

  private ConfigurationReading() {}

  /** Null where GitHub names no files at all. */
  static ConfigurationDiff of(Comparison comparison) {
    List<ChangedFile> files = comparison.files();
    return files == null
        ? null
        : new ConfigurationDiff(
            files.stream()
                .filter(ConfigurationReading::concerned)
                .map(ConfigurationReading::file)
                .toList(),
            files.size() < Comparison.MOST_FILES);
  }

  private static boolean concerned(ChangedFile file) {
    return ConfigurationDiff.NAMES.contains(name(file.filename()))
        || (file.previousFilename() != null
            && ConfigurationDiff.NAMES.contains(name(file.previousFilename())));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static FileDiff file(ChangedFile file) {
    boolean keyed = file.filename().endsWith(".toml") || file.filename().endsWith(".json");
    return new FileDiff(
        file.filename(),
        keyed && file.patch() != null ? new ConfigurationReading().keys(file.patch()) : List.of());
  }

  private List<String> keys(String patch) {
    int unread = 0;
    for (String line : patch.lines().toList()) {
      unread += read(line) ? 0 : 1;
    }
    tell();
    int more = Math.max(0, told.size() - MOST_KEYS) + unread;
    List<String> shown = new ArrayList<>(told.subList(0, Math.min(MOST_KEYS, told.size())));
    if (more > 0) {
      shown.add("and " + more + (more == 1 ? " other line" : " other lines"));
    }
    return shown;
  }

  /** What was read until here belongs together; the same key may come again, of another table. */
  private void tell() {
    settings.forEach(
        (key, values) -> {
          if (!Objects.equals(values[0], values[1])) {
            told.add(sentence(key, values[0], values[1]));
          }
        });
    settings.clear();
  }

  /** False for a line that changes and is none of a key with its value. */
  private boolean read(String line) {
    if (line.startsWith("@@")) {
      tell();
      table = "";
      return true;
    }
    String text = line.isEmpty() ? "" : line.substring(1);
    Matcher heading = TABLE.matcher(text);
    if (heading.matches()) {
      table = heading.group(1).strip() + ".";
    }
    int side = line.startsWith("-") ? 0 : 1;
    if (!line.startsWith("-") && !line.startsWith("+")) {
      return true;
    }
    Matcher setting = SETTING.matcher(text);
    if (setting.matches()) {
      String key = table + setting.group(1);
      if (settings.containsKey(key) && settings.get(key)[side] != null) {
        tell();
      }
      settings.computeIfAbsent(key, any -> new String[2])[side] = setting.group(2);
      return true;
    }
    return text.isBlank() || text.strip().startsWith("#") || heading.matches();
  }

  private static String sentence(String key, String then, String now) {
    if (hidden(key) || hidden(then) || hidden(now)) {
      return key
          + (then == null
              ? " is new"
              : now == null ? " is gone" : " is another (values are not shown)");
    }
    return key
        + " was "
        + (then == null ? "absent" : then)
        + ", is "
        + (now == null ? "absent" : now);
  }

  private static boolean hidden(String text) {
    return text != null && (text.length() > LONGEST_VALUE || SECRET.matcher(text).find());
  }
}
