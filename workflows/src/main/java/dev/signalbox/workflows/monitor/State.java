package dev.signalbox.workflows.monitor;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How something that is checked stands, or what one look at it showed. */
public enum State {
  @JsonProperty("up")
  UP,
  /** It answers well, and is slow or close to a limit: no outage. */
  @JsonProperty("degraded")
  DEGRADED,
  /** It does not answer, or answers wrongly. */
  @JsonProperty("down")
  DOWN,
  /** Nobody could tell: not looked at yet, or our own network is away. It is never an outage. */
  @JsonProperty("unknown")
  UNKNOWN;

  /** Whether it serves. */
  public boolean serves() {
    return this == UP || this == DEGRADED;
  }
}
