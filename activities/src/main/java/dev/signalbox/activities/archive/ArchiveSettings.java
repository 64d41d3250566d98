package dev.signalbox.activities.archive;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code [archive]} says.
 *
 * @param store {@code file:/absolute/directory} or {@code s3://bucket/prefix}
 */
public record ArchiveSettings(String store) {
  /** For messages: what may be written. */
  public static final String ALLOWED =
      "\"file:/an/absolute/directory\" or \"s3://bucket/prefix\", without credentials";

  private static final Pattern DIRECTORY = Pattern.compile("file:(?:///|/(?!/))([^?#]*)");
  private static final Pattern BUCKET =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([A-Za-z0-9._/-]*))?");

  public ArchiveSettings {
    if (!fits(store)) {
      throw new IllegalArgumentException("archive: want " + ALLOWED + ", got '" + store + "'");
    }
  }

  /** Whether an archive can be opened by it. */
  public static boolean fits(String store) {
    return DIRECTORY.matcher(store).matches() || BUCKET.matcher(store).matches();
  }

  /**
   * Reaches nothing yet.
   *
   * @param variables of the worker, for AWS's own among them
   */
  public ArchiveStore open(Map<String, String> variables) {
    Matcher bucket = BUCKET.matcher(store);
    if (bucket.matches()) {
      return new BucketStore(
          bucket.group(1),
          Optional.ofNullable(bucket.group(2)).orElse("").replaceAll("^/+|/+$", ""),
          new BucketAccess(variables));
    }
    return new DirectoryStore(Path.of("/" + directory()));
  }

  private String directory() {
    Matcher directory = DIRECTORY.matcher(store);
    if (!directory.matches()) {
      throw new IllegalStateException(store);
    }
    return directory.group(1);
  }
}
