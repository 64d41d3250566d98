package dev.signalbox.activities.migration;

import dev.signalbox.workflows.Excerpt;
import java.util.regex.Pattern;

/** A statement as people may see it: what it does, without the values that it carries. */
final class StatementText {
  private static final Pattern STRINGS =
      Pattern.compile("'(?:[^']|'')*(?:'|$)|\\$(\\w*)\\$.*?(?:\\$\\1\\$|$)", Pattern.DOTALL);

  /** In what writes or reads rows a number is a value; in what makes tables it is a length. */
  private static final Pattern OF_ROWS =
      Pattern.compile(
          "^\\s*(?:insert|update|delete|select|with|merge|values|copy)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NUMBERS =
      Pattern.compile("(?<![\\w\"$.])-?\\d+(?:\\.\\d+)?(?![\\w\"])");

  private StatementText() {}

  /**
   * @param statement null stays null
   * @param longest in characters
   */
  static String shown(String statement, int longest) {
    if (statement == null) {
      return null;
    }
    String plain = STRINGS.matcher(statement).replaceAll("'***'").replaceAll("\\s+", " ").strip();
    if (OF_ROWS.matcher(plain).find()) {
      plain = NUMBERS.matcher(plain).replaceAll("*");
    }
    return plain.isEmpty() ? "" : Excerpt.begin(plain, longest);
  }
}
