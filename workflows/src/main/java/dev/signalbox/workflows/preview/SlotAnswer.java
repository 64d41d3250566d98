package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * Whether it may be made now.
 *
 * @param after when to ask again; null = not to wait for
 * @param message why not now; null = it may
 */
public record SlotAnswer(Kind kind, Duration after, String message) {
  /** What the answer is. */
  public enum Kind {
    @JsonProperty("granted")
    GRANTED,
    /** Others are before it, or the last creation was a moment ago. */
    @JsonProperty("later")
    LATER,
    /** There are as many as there may be. */
    @JsonProperty("full")
    FULL
  }

  static SlotAnswer granted() {
    return new SlotAnswer(Kind.GRANTED, null, null);
  }
}
