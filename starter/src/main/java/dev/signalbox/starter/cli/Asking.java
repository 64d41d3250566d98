package dev.signalbox.starter.cli;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.WhyText;
import dev.signalbox.workflows.release.Digest;
import java.util.ArrayList;
import java.util.List;

/** Shows what is asked, and the command that answers it. */
final class Asking {
  private Asking() {}

  static List<String> lines(String id, Ask ask) {
    List<String> lines = new ArrayList<>(WhyText.asking(ask));
    lines.add("  answer by one of these, with your reason in place of WHY:");
    ask.answers().forEach(answer -> lines.add("    " + command(id, ask, answer)));
    return lines;
  }

  private static String command(String id, Ask ask, String answer) {
    String what =
        ask.kind() == Ask.Kind.APPROVAL
            ? answer
                + " "
                + id
                + (ask.digest() == null ? "" : " --digest " + Digest.brief(ask.digest()))
            : ask.kind() == Ask.Kind.POINT
                ? "tick " + id + " --point " + ask.id().substring(ask.id().lastIndexOf('-') + 1)
                : "resolve " + id + " --question " + ask.id() + " --as " + answer;
    return "signalbox " + what + " --reason \"WHY\"";
  }
}
