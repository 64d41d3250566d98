package dev.signalbox.starter;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a worker answers to a query that failed in it: the printed stack trace, as a sentence. */
final class WorkerTrace {
  /** How much of one message a person is shown. */
  private static final int LONGEST = 300;

  private static final Pattern HEAD =
      Pattern.compile("^(?:Caused by: )?(?:[\\w$]+\\.)+([\\w$]+)(?:: (.*))?$");

  private WorkerTrace() {}

  /** The first message, and the innermost cause where the trace has one. */
  static String words(String trace) {
    List<String> lines = trace == null ? List.of() : trace.lines().toList();
    if (lines.isEmpty()) {
      return "it did not say why";
    }
    String first = message(lines.get(0));
    return lines.stream()
        .filter(line -> line.startsWith("Caused by: "))
        .reduce((outer, inner) -> inner)
        .map(WorkerTrace::message)
        .filter(cause -> !cause.equals(first))
        .map(cause -> first + ", because of: " + cause)
        .orElse(first);
  }

  private static String message(String line) {
    Matcher head = HEAD.matcher(line);
    String said = line;
    if (head.matches()) {
      said = head.group(2) == null ? head.group(1) : head.group(2);
    }
    return said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said;
  }
}
