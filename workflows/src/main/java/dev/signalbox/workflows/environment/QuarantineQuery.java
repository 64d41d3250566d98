package dev.signalbox.workflows.environment;

import java.util.List;

/**
 * @param commits that a release brings, 40 hex digits each
 */
public record QuarantineQuery(List<String> commits) {
  public QuarantineQuery {
    commits = commits == null ? List.of() : List.copyOf(commits);
  }
}
