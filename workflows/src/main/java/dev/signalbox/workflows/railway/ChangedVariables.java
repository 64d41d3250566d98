package dev.signalbox.workflows.railway;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which variables of a service have another value today than an earlier deployment took. Values
 * stay where they were read.
 *
 * @param names of those that have another value, came later, or are gone; sealed ones cannot be
 *     compared
 */
public record ChangedVariables(List<String> names) {
  private static final int MOST = 20;

  public ChangedVariables {
    names = names == null ? List.of() : List.copyOf(names);
  }

  /** For a sentence. */
  public String words() {
    int more = names.size() - MOST;
    return names.stream().limit(MOST).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  /**
   * @param deploymentId the earlier deployment
   * @param token name of the worker's variable that holds it; null = the worker's own
   */
  public record Query(
      String project,
      String railwayProject,
      String environmentId,
      String serviceId,
      String service,
      String deploymentId,
      String token) {}
}
