package dev.signalbox.activities.health;

import dev.signalbox.activities.http.ForeignText;
import dev.signalbox.workflows.Excerpt;

/** What a service said, in one short line that may be kept and shown. */
final class Quotes {
  private static final int LONGEST = 200;

  private Quotes() {}

  static String of(String text) {
    String line = ForeignText.ofAnswer(text);
    return Excerpt.begin(line, LONGEST);
  }
}
