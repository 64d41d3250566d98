package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.notify.Card.Line;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.release.Digest;
import java.util.List;

/** What people read of a run by hand: its card, part by part, as a text. Pure. */
final class RunText {
  private RunText() {}

  /** Which run of whom it is, as a card's first part. */
  static Part heading(Ask ask, String requester, String reason) {
    return new Part(
        null,
        List.of(
            ReleaseParts.line("digest", Digest.brief(ask.digest())),
            ReleaseParts.line("asked for by", requester + (reason == null ? "" : ": " + reason))));
  }

  /**
   * The parts as Markdown, and how to answer.
   *
   * @param run workflow id
   */
  static String card(String title, List<Part> parts, String whose, String run) {
    StringBuilder text = new StringBuilder("**").append(title).append("**\n\n");
    parts.stream()
        .flatMap(part -> part.lines().stream())
        .forEach(line -> text.append("- ").append(words(line)).append('\n'));
    text.append("- may approve: ").append(whose).append("\n\n").append(toAnswer(run));
    return text.toString();
  }

  private static String words(Line line) {
    return (line.label() == null ? "" : line.label() + ": ") + PostedText.words(line.text());
  }

  /** How it ended, for people who were asked. */
  static String report(String what, String environment, Ending ending) {
    return "**"
        + what
        + " of "
        + environment
        + ": "
        + ending.result().word()
        + "**\n\n- "
        + PostedText.words(ending.detail())
        + "\n";
  }

  /** The commands that answer an approval. */
  static String toAnswer(String run) {
    return "`signalbox approve "
        + run
        + " --reason \"WHY\"`, or `signalbox reject` with the same.\n";
  }

  /** How the points of a checklist are ticked; empty where there are none. */
  static String toTick(String run, List<String> checklist) {
    StringBuilder text = new StringBuilder(checklist.isEmpty() ? "" : "\nTo be ticked too:\n\n");
    for (int at = 0; at < checklist.size(); at++) {
      text.append("- ").append(PostedText.words(checklist.get(at)));
      text.append(": `signalbox tick ").append(run).append(" --point ").append(at + 1);
      text.append(" --reason \"WHY\"`\n");
    }
    return text.toString();
  }
}
