package dev.signalbox.workflows.github;

import dev.signalbox.workflows.Excerpt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What we write where people read it at GitHub. Much of it was written by others (commit subjects,
 * reasons, answers) and may bring along what we did not mean: control characters, a line or a
 * marker that passes for ours, the name of somebody who has nothing to do with it.
 *
 * <p>A text is put together of {@linkplain #line lines} and leaves as a whole, a {@linkplain #body
 * body} or a line. Pure: the same words give the same text.
 */
public final class PostedText {
  /** GitHub takes 65,536 characters; what we add (mentions, the marker) is not what is cut off. */
  private static final int LONGEST_BODY = 60_000;

  /** GitHub takes 256 characters for a title. */
  private static final int LONGEST_TITLE = 250;

  /** More than a subject needs; with fifty of them a body is far from its limit. */
  private static final int LONGEST_LINE = 500;

  /** Line and paragraph separators too: some readers break the line there. */
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Zl}\\p{Zp}\\x85]+");

  /** Control characters, and format signs that turn or hide what follows; lines stay lines. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");

  /** GitHub looks for mentions in what Markdown has made of a text, where an entity is its sign. */
  private static final Pattern ENTITY = Pattern.compile("&(?=#|commat;)", Pattern.CASE_INSENSITIVE);

  /** As GitHub recognises a person or a team; an address has a letter or digit before it. */
  private static final Pattern MENTION = Pattern.compile("(?<![A-Za-z0-9])@(?=[A-Za-z0-9])");

  /** Takes no room; in a text and in code alike the name behind it is told to nobody. */
  private static final String APART = "@\u200B";

  private PostedText() {}

  /**
   * Words of others as a part of one of our lines: nothing in them begins a line of its own.
   *
   * @param words null counts as none
   */
  public static String line(String words) {
    return line(words, LONGEST_LINE);
  }

  /** A pull request's title, or the message of a merge. */
  public static String title(String words) {
    return line(words, LONGEST_TITLE);
  }

  /** As {@link #line(String)}, at most this many characters. */
  public static String line(String words, int longest) {
    if (words == null) {
      return "";
    }
    return Excerpt.begin(
        UNPRINTABLE.matcher(SPACE.matcher(words).replaceAll(" ")).replaceAll("").strip(), longest);
  }

  /**
   * A whole text with its hidden marker, without any other marker, and without mentions.
   *
   * @param marker what we recognise it by
   */
  public static String body(String text, String marker) {
    String printable = UNPRINTABLE.matcher(text).replaceAll("").replace("<!--", "<! --");
    String silent =
        MENTION
            .matcher(ENTITY.matcher(printable).replaceAll("&amp;"))
            .replaceAll(Matcher.quoteReplacement(APART));
    return Excerpt.begin(silent, LONGEST_BODY) + "\n\n" + marker(marker);
  }

  /** Two hyphens would end the HTML comment that hides it. */
  public static String marker(String marker) {
    return "<!-- signalbox:" + marker.replace("--", "- -") + " -->";
  }
}
