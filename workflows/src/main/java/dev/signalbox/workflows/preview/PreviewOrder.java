package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What somebody wants of a preview.
 *
 * @param id the same when it is sent again
 * @param reason null = none was given
 */
public record PreviewOrder(String id, Kind kind, String requester, String reason) {
  /** What is wanted. */
  public enum Kind {
    @JsonProperty("create")
    CREATE,
    /** Nothing but that the pull request is looked at now. */
    @JsonProperty("look")
    LOOK,
    @JsonProperty("destroy")
    DESTROY
  }

  boolean makes() {
    return kind == Kind.CREATE;
  }

  boolean destroys() {
    return kind == Kind.DESTROY;
  }
}
