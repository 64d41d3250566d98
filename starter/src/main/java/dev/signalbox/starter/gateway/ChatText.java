package dev.signalbox.starter.gateway;

import dev.signalbox.workflows.Excerpt;
import java.util.List;

/** What a command said, as much of it as there is room for. */
final class ChatText {
  private ChatText() {}

  /**
   * The begin of it; of what goes on in time, oldest first, the end.
   *
   * @param words the command
   */
  static String fitting(String text, List<String> words, int longest) {
    if (text.length() <= longest || !words.get(0).equals("audit")) {
      return Excerpt.begin(text, longest);
    }
    String end = text.substring(text.length() - longest);
    int line = end.indexOf('\n');
    int cut = text.length() - longest + line + 1;
    long earlier = text.substring(0, cut).lines().count();
    return "… " + earlier + " before these; --since shows fewer\n" + text.substring(cut);
  }
}
