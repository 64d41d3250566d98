package dev.signalbox.workflows.github;

import java.util.List;

/**
 * What a trigger is about.
 *
 * @param ref {@code refs/heads/…}, {@code refs/tags/…}, or {@code refs/pull/7/head}
 * @param label that a pull request must have for anything more to be asked about it; null = any
 * @param base the commit that is live; null = not known
 * @param paths patterns of files; empty = what has changed is not asked
 * @param heads whether it is asked which branches the commit came from by pull requests
 */
public record TriggerQuery(
    String project,
    String repository,
    String ref,
    String label,
    String base,
    List<String> paths,
    boolean heads) {
  public TriggerQuery {
    paths = paths == null ? List.of() : List.copyOf(paths);
  }
}
