package dev.signalbox.workflows.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;

/**
 * Which source is to be brought level.
 *
 * @param environment that is released into
 * @param patience how long to try where GitHub is away; null = a person waits for the answer
 */
public record SyncRequest(
    String project,
    String environment,
    @JsonInclude(JsonInclude.Include.NON_NULL) Duration patience) {
  /** One for whose answer a person waits. */
  public SyncRequest(String project, String environment) {
    this(project, environment, null);
  }
}
