package dev.signalbox.workflows.release;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;

/**
 * One step of a run, as {@code status} shows it.
 *
 * @param service null when the step concerns all services
 * @param endedAt null while it runs or waits
 */
public record Step(
    String name, String service, State state, String detail, Instant startedAt, Instant endedAt) {

  /** Where a step stands. */
  public enum State {
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("waiting")
    WAITING,
    @JsonProperty("done")
    DONE,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("skipped")
    SKIPPED
  }

  /** Whether it runs or waits. */
  public boolean open() {
    return state == State.RUNNING || state == State.WAITING;
  }

  public double seconds() {
    return endedAt == null ? 0 : Duration.between(startedAt, endedAt).toMillis() / 1000.0;
  }
}
