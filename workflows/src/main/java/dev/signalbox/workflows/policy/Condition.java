package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a value of the health answer must be.
 *
 * @param than what it is compared with, as JSON text: {@code "connected"} in quotes, {@code 2},
 *     {@code true}, {@code ["a","b"]}. As text, so that a policy that was sent and one that was
 *     read are equal
 */
public record Condition(Comparison comparison, String than) {

  /** How a value is compared. A value of another JSON type is never equal. */
  public enum Comparison {
    @JsonProperty("is")
    IS("is", "="),
    @JsonProperty("not")
    NOT("not", "is not"),
    @JsonProperty("one_of")
    ONE_OF("one_of", "is one of"),
    /** Numbers only. */
    @JsonProperty("at_least")
    AT_LEAST("at_least", "is at least"),
    /** Numbers only. */
    @JsonProperty("at_most")
    AT_MOST("at_most", "is at most"),
    /** A text has this part, or a list this element. */
    @JsonProperty("contains")
    CONTAINS("contains", "contains"),
    /** The whole of a text matches this pattern. */
    @JsonProperty("matches")
    MATCHES("matches", "matches"),
    /** It is there, whatever it is; or it is not. */
    @JsonProperty("present")
    PRESENT("present", "is present:");

    private final String key;
    private final String words;

    Comparison(String key, String words) {
      this.key = key;
      this.words = words;
    }

    /** As the file writes it. */
    public String key() {
      return key;
    }
  }

  /** As a sentence without its subject: {@code = "connected"}. */
  public String words() {
    return comparison.words + " " + than;
  }
}
