package dev.signalbox.activities.archive;

import java.util.regex.Pattern;

/** What a file of the archive may be called: the same in a directory and in a bucket. */
final class ArchiveName {
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final int LONGEST = 500;

  private ArchiveName() {}

  /**
   * @throws IllegalArgumentException it could lead out of the archive, or is no name everywhere
   */
  static String of(String name) {
    if (!fits(name)) {
      throw new IllegalArgumentException(
          "archive name: want letters, digits, '.', '_', '-' and '/', got '" + name + "'");
    }
    return name;
  }

  private static boolean fits(String name) {
    if (name == null || name.length() > LONGEST) {
      return false;
    }
    for (String part : name.split("/", -1)) {
      if (!PART.matcher(part).matches()) {
        return false;
      }
    }
    return true;
  }
}
