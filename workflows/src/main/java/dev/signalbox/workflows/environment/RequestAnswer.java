package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The ledger's answer.
 *
 * @param id of the workflow that carries it out; null when refused before there is one, or when
 *     {@code retry}
 * @param retry the ledger is turning its page: the request is kept, ask again with the same request
 *     id
 */
public record RequestAnswer(
    String id, String revision, Outcome outcome, String message, boolean retry) {

  /** What became of the request. */
  public enum Outcome {
    @JsonProperty("started")
    STARTED,
    @JsonProperty("joined")
    JOINED,
    @JsonProperty("queued")
    QUEUED,
    @JsonProperty("refused")
    REFUSED,
    @JsonProperty("alreadyThere")
    ALREADY_THERE
  }

  public static RequestAnswer refused(String revision, String message) {
    return new RequestAnswer(null, revision, Outcome.REFUSED, message, false);
  }
}
