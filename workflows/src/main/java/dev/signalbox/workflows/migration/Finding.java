package dev.signalbox.workflows.migration;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What squawk says of a statement.
 *
 * @param line in the revision's SQL, from 1
 * @param help what to do instead; null = it says nothing
 * @param source line in the revision's file whose call makes the statement; null = not known
 */
public record Finding(
    int line,
    String rule,
    String message,
    String help,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer source) {
  /** Of SQL that no file is known for. */
  public Finding(int line, String rule, String message, String help) {
    this(line, rule, message, help, null);
  }

  /** The same without its advice. */
  public Finding brief() {
    return new Finding(line, rule, message, null, source);
  }

  /** The same, and where it comes from. */
  Finding at(Integer where) {
    return new Finding(line, rule, message, help, where);
  }
}
