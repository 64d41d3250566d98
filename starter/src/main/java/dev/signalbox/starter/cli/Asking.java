package dev.signalbox.starter.cli;

import dev.signalbox.workflows.approval.Ask;
import java.util.ArrayList;
import java.util.List;

/** Shows what is asked, and the command that answers it. */
final class Asking {
  private Asking() {}

  static List<String> lines(String id, Ask ask) {
    List<String> lines = new ArrayList<>();
    lines.add("asks " + ask.id() + ": " + ask.text());
    if (ask.read() != null) {
      lines.add("  " + ask.read());
    }
    if (!ask.from().isEmpty()) {
      lines.add("  " + ask.required() + " of " + String.join(", ", ask.from()));
    }
    if (ask.expires() != null) {
      lines.add("  until " + ask.expires());
    }
    lines.add("  answer: " + command(id, ask));
    return lines;
  }

  private static String command(String id, Ask ask) {
    if (ask.kind() == Ask.Kind.APPROVAL) {
      return "signalbox approve|reject "
          + id
          + (ask.digest() == null ? "" : " --digest " + Digest.brief(ask.digest()))
          + " --reason TEXT";
    }
    return "signalbox resolve "
        + id
        + " --question "
        + ask.id()
        + " --as "
        + String.join("|", ask.answers())
        + " --reason TEXT";
  }
}
