package dev.signalbox.starter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.config.ConfigurationException;
import dev.signalbox.workers.config.Problem;
import dev.signalbox.workflows.WireFormat;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes answers to stdout and troubles to stderr, as text or as JSON.
 *
 * <p>Names, reasons and answers of others reach a terminal here, so each text that is written is
 * one line without anything that moves the cursor, changes colours or begins a line of its own.
 */
final class Printer {
  // Absent fields of records are left out; keys that a command puts down itself stand, also as
  // null.
  private static final ObjectMapper JSON =
      WireFormat.mapper()
          .setDefaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS));

  private final PrintStream out;
  private final PrintStream err;
  private final OutputForm form;

  Printer(Surroundings surroundings, OutputForm form) {
    this.out = surroundings.out();
    this.err = surroundings.err();
    this.form = form;
  }

  boolean json() {
    return form == OutputForm.json;
  }

  /** One line for people; nothing with {@code --output json}. */
  void line(String text) {
    if (!json()) {
      out.println(Columns.indented(text));
    }
  }

  /** One JSON object on one line; nothing with {@code --output text}. */
  void object(Object value) {
    if (json()) {
      out.println(written(value));
    }
  }

  /** Something on the side that is no part of the answer. */
  void aside(String text) {
    err.println(Columns.indented(text));
  }

  /** Asks; what is typed follows on the same line. */
  void question(String text) {
    err.print(Columns.printable(text) + " ");
    err.flush();
  }

  void trouble(Trouble trouble) {
    if (json()) {
      err.println(written(Map.of("error", described(trouble))));
    } else {
      aside(trouble.tried() + " (" + trouble.on() + "): " + trouble.answer() + ".");
      aside(trouble.next());
    }
  }

  void problems(List<Problem> problems) {
    if (json()) {
      Map<String, Object> error =
          described(
              Trouble.usage(
                  "Reading the configuration",
                  "signalbox.toml and the environment variables",
                  problems.size() + (problems.size() == 1 ? " mistake" : " mistakes"),
                  "Correct them; docs/reference/configuration.md lists every key."));
      error.put("problems", problems.stream().map(Printer::described).toList());
      err.println(written(Map.of("error", error)));
    } else {
      problems.forEach(problem -> aside(problem.toString()));
      aside(ConfigurationException.summary(problems));
    }
  }

  /** A sentence for people says "found" and "allowed: "; here the keys say it. */
  private static Map<String, Object> described(Problem problem) {
    Map<String, Object> shown = new LinkedHashMap<>();
    if (problem.place() != null) {
      shown.put("place", problem.place());
    }
    shown.put("key", problem.key());
    shown.put("found", problem.found().replaceFirst("^found ", ""));
    shown.put("allowed", problem.allowed().replaceFirst("^allowed: ", ""));
    return shown;
  }

  private static Map<String, Object> described(Trouble trouble) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", trouble.code());
    error.put("tried", trouble.tried());
    error.put("on", trouble.on());
    error.put("answer", trouble.answer());
    error.put("next", trouble.next());
    return error;
  }

  private static String written(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
