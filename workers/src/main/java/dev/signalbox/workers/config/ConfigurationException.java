package dev.signalbox.workers.config;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** The configuration cannot be used; carries every mistake that was found. Exit code 2. */
public final class ConfigurationException extends RuntimeException {
  private final transient List<Problem> problems;

  public ConfigurationException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Follows the list of them. */
  public static String summary(List<Problem> problems) {
    return problems.size()
        + (problems.size() == 1 ? " mistake" : " mistakes")
        + " in the configuration; docs/reference/configuration.md lists every key.";
  }

  public List<Problem> problems() {
    return problems;
  }
}
