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

  public List<Problem> problems() {
    return problems;
  }
}
