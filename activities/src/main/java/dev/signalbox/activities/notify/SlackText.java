package dev.signalbox.activities.notify;

import dev.signalbox.workflows.Excerpt;
import java.util.regex.Pattern;

/**
 * Words of others inside Slack's mrkdwn. There {@code <!channel>} calls everybody, {@code <@U…>} a
 * person, {@code <https://…|words>} is a link: all of it begins with {@code <}, so none is left.
 *
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">Escaping text</a>; block
 *     texts are sent {@code verbatim} besides, so that Slack makes no links and mentions by itself
 */
public final class SlackText {
  /** Control characters, and format signs that turn or hide what follows. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n]]");

  private static final Pattern HEADING = Pattern.compile("#{1,6} .*");

  /** What GitHub folds away is a table of ours. */
  private static final Pattern FOLDED = Pattern.compile("</?details>.*");

  /** As Markdown shows a sign that would else mean something. */
  private static final Pattern ESCAPED = Pattern.compile("\\\\([!-/:-@\\[-`{-~])");

  private SlackText() {}

  /** As it is, and meaning nothing. */
  public static String plain(String words) {
    return UNPRINTABLE
        .matcher(words == null ? "" : words)
        .replaceAll("")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        // Slack knows no escape for its own signs: what looks alike means nothing.
        .replace('`', '\'')
        .replace('*', '\u2217')
        .replace('~', '\u223C');
  }

  /** A link of ours; its address is checked, for a part of it may be of others. */
  static String link(String url, String label) {
    boolean fits = url != null && url.matches("https?://[\\w.:/#?=%+@-]+");
    return fits ? "<" + url + "|" + plain(label).replace("|", "¦") + ">" : plain(label);
  }

  /**
   * One of our notices, which is GitHub's Markdown: headings and bold stay, tables go, and nothing
   * of others gets a meaning.
   */
  static String ofMarkdown(String markdown, int longest) {
    StringBuilder text = new StringBuilder();
    String heading = null;
    for (String line : markdown.split("\n", -1)) {
      if (HEADING.matcher(line).matches()) {
        heading = line;
      } else if (!line.startsWith("|") && !FOLDED.matcher(line).matches()) {
        // Not before anything stands below it: of a table nothing is left.
        if (heading != null && !line.isBlank()) {
          text.append(lineOf(heading)).append('\n');
          heading = null;
        }
        text.append(lineOf(line)).append('\n');
      }
    }
    if (text.toString().isBlank() && heading != null) {
      text.append(lineOf(heading));
    }
    return Excerpt.begin(text.toString().replaceAll("\n{3,}", "\n\n").strip(), longest);
  }

  private static String lineOf(String line) {
    if (HEADING.matcher(line).matches()) {
      return "*" + plain(shown(line.replaceFirst("^#+ ", ""))) + "*";
    }
    return plain(shown(line.replaceFirst("^- ", "• ")));
  }

  private static String shown(String markdown) {
    return ESCAPED.matcher(markdown.replace("**", "")).replaceAll("$1");
  }
}
