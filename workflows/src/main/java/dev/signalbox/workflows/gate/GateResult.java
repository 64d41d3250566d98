package dev.signalbox.workflows.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * What one gate says.
 *
 * @param name as {@code plan} prints it
 * @param evidence what was read, in words
 * @param until when it can be met at the earliest; null = not known
 * @param owner who can cure it; of one that is met, who lets the promotion pass though it is not
 *     so; null when it is so
 */
public record GateResult(String name, State state, String evidence, Instant until, String owner) {

  /** Whether the promotion may pass. Waiting is cured by time or by others, failed is not. */
  public enum State {
    @JsonProperty("met")
    MET,
    @JsonProperty("waiting")
    WAITING,
    @JsonProperty("failed")
    FAILED
  }

  public static GateResult met(String name, String evidence) {
    return new GateResult(name, State.MET, evidence, null, null);
  }

  /** Somebody lets it pass although it is not so. */
  public static GateResult passed(String name, String evidence, Instant until, String by) {
    return new GateResult(name, State.MET, evidence, until, by);
  }

  public static GateResult waiting(String name, String evidence, Instant until, String owner) {
    return new GateResult(name, State.WAITING, evidence, until, owner);
  }

  public static GateResult failed(String name, String evidence, String owner) {
    return new GateResult(name, State.FAILED, evidence, null, owner);
  }
}
