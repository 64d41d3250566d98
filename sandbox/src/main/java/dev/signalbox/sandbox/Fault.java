package dev.signalbox.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Ways in which a call can be disturbed, with the names that scripts use. */
public enum Fault {
  /** The call waits before it is looked at. */
  LATENCY("latency"),
  /** Over the rate limit: refused before the effect. */
  TOO_MANY_REQUESTS("429"),
  /** The other side is ill: refused before the effect. */
  SERVER_ERROR("5xx"),
  /** The connection is cut before the effect. */
  RESET_BEFORE("reset-before"),
  /** The effect happens, then the connection is cut: the answer is lost. */
  RESET_AFTER("reset-after"),
  /** The effect happens, and no answer comes. */
  HANG("hang"),
  /** Railway and Slack: errors inside HTTP 200, before the effect. */
  ERRORS("errors"),
  /** Railway only: the effect happens, and errors stand beside its data. */
  ERRORS_WITH_DATA("errors-with-data"),
  /** The effect happens, and its JSON breaks off in the middle. */
  MALFORMED("malformed"),
  /** Reads answer from an earlier state. */
  STALE("stale"),
  /** Webhooks only: not delivered. */
  LOSE("lose"),
  /** Webhooks only: delivered twice. */
  DUPLICATE("duplicate"),
  /** Webhooks only: delivered after the next one. */
  REORDER("reorder"),
  /** Webhooks only: delivered late. */
  DELAY("delay");

  private final String text;

  Fault(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }

  @JsonCreator
  public static Fault of(String text) {
    return Arrays.stream(values())
        .filter(fault -> fault.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown fault '"
                        + text
                        + "'; one of "
                        + Arrays.stream(values())
                            .map(Fault::text)
                            .collect(Collectors.joining(", "))));
  }

  boolean forWebhooks() {
    return this == LOSE || this == DUPLICATE || this == REORDER || this == DELAY;
  }

  /** Of others an error is never inside a 200. */
  boolean strikesAt(String door) {
    return switch (this) {
      case ERRORS -> door.equals("railway") || door.equals("slack");
      case ERRORS_WITH_DATA -> door.equals("railway");
      default -> true;
    };
  }
}
