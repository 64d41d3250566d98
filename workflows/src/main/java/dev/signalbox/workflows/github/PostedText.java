package dev.signalbox.workflows.github;

import dev.signalbox.workflows.Excerpt;
import java.util.List;
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

  /**
   * Control characters, and format signs that turn or hide what follows, in a whole text, where
   * {@link #words} has taken apart what it had to; lines stay lines.
   */
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\t\\u200B]]");

  /** GitHub looks for mentions in what Markdown has made of a text, where an entity is its sign. */
  private static final Pattern ENTITY = Pattern.compile("&(?=#|commat;)", Pattern.CASE_INSENSITIVE);

  /** As GitHub recognises a person or a team; an address has a letter or digit before it. */
  private static final Pattern MENTION = Pattern.compile("@(?<![A-Za-z0-9]@)(?=[A-Za-z0-9])");

  /** Takes no room; in a text and in code alike what it takes apart means nothing any more. */
  private static final String APART = "\u200B";

  /** What Markdown makes something else of wherever it stands. */
  private static final Pattern MARKUP = Pattern.compile("[\\\\`*\\[\\]<~|]");

  /** What it makes something else of where an item or a cell begins: a heading, a list in it. */
  private static final Pattern BEGINNING =
      Pattern.compile("^(?:(\\d{1,9})(?=[.)](?:\\s|$))|(?=[#>+=-]))");

  /** In a word it is a letter. A backslash would show in code. */
  private static final Pattern UNDERSCORE =
      Pattern.compile("_(?:(?<![\\p{L}\\p{N}]_)|(?![\\p{L}\\p{N}]))");

  /** Addresses, and numbers of issues: GitHub links them whatever escapes stand before them. */
  private static final Pattern LINKED =
      Pattern.compile(":(?=//)|\\bwww(?=\\.)|#(?=\\d)|\\bGH-(?=\\d)|@", Pattern.CASE_INSENSITIVE);

  /** A link, an image or the address of one; comments of ours are the only ones that we link. */
  private static final Pattern LINK = Pattern.compile("\\](?=[(\\[:])(?!\\(#issuecomment-\\d)");

  /** HTML in the middle of a line; ours stands at the beginning of one, and folds a table away. */
  private static final Pattern TAG =
      Pattern.compile("<(?=[A-Za-z/?!])(?!/summary>$)(?<!^<|^<details><)", Pattern.MULTILINE);

  /** With the number or address of an issue behind it GitHub closes that when we merge. */
  private static final Pattern CLOSING =
      Pattern.compile(
          "\\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)(?=:?\\s+\\S*(?:#\\d|://))",
          Pattern.CASE_INSENSITIVE);

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
    return words == null ? "" : Excerpt.begin(printable(words, longest), longest);
  }

  /** All of it or, where that is more than so many characters, at least so many. */
  private static String printable(String words, int enough) {
    StringBuilder line = new StringBuilder(Math.min(words.length(), enough + 2));
    int end = 0;
    boolean space = false;
    for (int at = 0; at < words.length() && end <= enough; ) {
      int sign = words.codePointAt(at);
      at += Character.charCount(sign);
      boolean another = !space;
      space = isSpace(sign);
      boolean shown = space ? another : !isUnprintable(sign);
      boolean blank = space || Character.isWhitespace(sign);
      if (!shown || (blank && line.length() == 0)) {
        continue;
      }
      line.appendCodePoint(space ? ' ' : sign);
      end = blank ? end : line.length();
    }
    line.setLength(end);
    return line.toString();
  }

  /** Line and paragraph separators too: some readers break the line there. */
  private static boolean isSpace(int sign) {
    return sign == ' '
        || (sign >= '\t' && sign <= '\r')
        || sign == 0x85
        || sign == 0x2028
        || sign == 0x2029;
  }

  /** Control characters, and format signs that turn or hide what follows. */
  private static boolean isUnprintable(int sign) {
    int type = Character.getType(sign);
    return type == Character.CONTROL || type == Character.FORMAT;
  }

  /**
   * Words of others in our Markdown, shown as they are: no link, no image, no reference to an
   * issue, nobody mentioned, nothing bold.
   *
   * @param words null counts as none
   */
  public static String words(String words) {
    return words(words, LONGEST_LINE);
  }

  /** As {@link #words(String)}, at most this many characters of theirs. */
  public static String words(String words, int longest) {
    String plain = MARKUP.matcher(line(words, longest)).replaceAll("\\\\$0");
    String begun = BEGINNING.matcher(plain).replaceFirst("$1\\\\");
    String literal = UNDERSCORE.matcher(begun).replaceAll(APART + "_" + APART);
    return LINKED.matcher(literal).replaceAll("$0" + APART);
  }

  /**
   * A whole text with its hidden marker, without any other marker, without mentions, and without
   * such links and tags as we do not make. What is known to be of others comes by {@link #words}.
   *
   * @param marker what we recognise it by
   */
  public static String body(String text, String marker) {
    String printable = INVISIBLE.matcher(text).replaceAll("").replace("<!--", "<! --");
    String silent =
        MENTION.matcher(ENTITY.matcher(printable).replaceAll("&amp;")).replaceAll("@" + APART);
    for (Pattern where : List.of(LINK, TAG, CLOSING)) {
      silent = where.matcher(silent).replaceAll("$0" + APART);
    }
    return Excerpt.begin(silent, LONGEST_BODY) + "\n\n" + marker(marker);
  }

  /** Two hyphens would end the HTML comment that hides it. */
  public static String marker(String marker) {
    return "<!-- signalbox:" + marker.replace("--", "- -") + " -->";
  }
}
