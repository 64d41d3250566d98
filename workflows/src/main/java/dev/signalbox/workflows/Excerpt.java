package dev.signalbox.workflows;

import java.util.regex.Pattern;

/**
 * Makes a message fit where there is little room, so that what was tried, on what and what came
 * back survive: advice goes first, then the address, then the middle. Pure.
 */
public final class Excerpt {
  /** As our messages end; something else may follow it. */
  private static final Pattern ADVICE = Pattern.compile("; next: [^;]*");

  private static final Pattern ADDRESS =
      Pattern.compile(" \\((?:GET|HEAD|POST|PUT|PATCH|DELETE) [^)\\s]*\\)");

  private static final String GAP = "…";

  private Excerpt() {}

  /**
   * The text, or what matters of it.
   *
   * @param text null stays null
   * @param longest in characters, 3 or more
   */
  public static String of(String text, int longest) {
    if (text == null || text.length() <= longest) {
      return text;
    }
    String shorter = ADVICE.matcher(text).replaceAll("");
    if (shorter.length() > longest) {
      shorter = ADDRESS.matcher(shorter).replaceAll("");
    }
    return shorter.length() <= longest ? shorter : withoutMiddle(shorter, longest);
  }

  /**
   * The text, or its begin with a sign that more follows.
   *
   * @param longest in characters, the sign included; 2 or more
   */
  public static String begin(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    // Half of a surrogate pair is no character, and some refuse the whole text for it.
    int end = longest - GAP.length();
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + GAP;
  }

  // What came back stands at the end, and needs more room than what was tried.
  private static String withoutMiddle(String text, int longest) {
    int head = (longest - GAP.length()) / 3;
    int tail = text.length() - (longest - GAP.length() - head);
    // Half of a surrogate pair is no character.
    if (head > 0 && Character.isHighSurrogate(text.charAt(head - 1))) {
      head--;
    }
    if (Character.isLowSurrogate(text.charAt(tail))) {
      tail++;
    }
    return text.substring(0, head) + GAP + text.substring(tail);
  }
}
