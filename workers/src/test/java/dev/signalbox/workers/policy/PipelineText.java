package dev.signalbox.workers.policy;

import static java.util.stream.Collectors.joining;

import dev.signalbox.workers.config.Problem;

/** A configuration to begin with, and what is wrong with another one. */
final class PipelineText {
  static final String LEAST =
      """
      [project]
      name = "inspector"
      github = "acme/inspector"
      railway = "0f0c"
      [services.web]
      [environments.production]
      branch = "main"
      """;

  private PipelineText() {}

  /** One a line. */
  static String problems(String content) {
    return PipelineFile.parse("signalbox.toml", content).problems().stream()
        .map(Problem::toString)
        .collect(joining("\n"));
  }
}
