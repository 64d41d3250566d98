package dev.signalbox.workflows.logs;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;

/**
 * Which lines are wanted.
 *
 * @param service as {@code signalbox.toml} names it; null = every service
 * @param build the build's lines; else those of the running service
 * @param lines at most so many of each service, the newest
 * @param since only later ones; null = however old
 * @param base the environment of the file whose services it has; null = it is of the file itself
 * @param patience how long to wait for a line when there is none; zero = answer at once
 */
public record LogsRequest(
    String project,
    String environment,
    String service,
    boolean build,
    int lines,
    Instant since,
    Duration patience,
    @JsonInclude(JsonInclude.Include.NON_NULL) String base) {
  /** Of an environment of the file. */
  public LogsRequest(
      String project,
      String environment,
      String service,
      boolean build,
      int lines,
      Instant since,
      Duration patience) {
    this(project, environment, service, build, lines, since, patience, null);
  }

  /** The environment by whose rules it is read. */
  String ruledBy() {
    return base == null ? environment : base;
  }
}
