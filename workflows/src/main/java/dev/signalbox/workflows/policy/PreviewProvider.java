package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who makes the environments of pull requests. */
public enum PreviewProvider {
  /** Signalbox; while Railway makes its own it waits. */
  @JsonProperty("signalbox")
  SIGNALBOX,
  /**
   * Railway, by its project's setting: they are found, looked after and, where left over, removed.
   */
  @JsonProperty("railway")
  RAILWAY,
  /** Signalbox; while Railway makes its own none is made, and that is a failure. */
  @JsonProperty("refuse")
  REFUSE
}
