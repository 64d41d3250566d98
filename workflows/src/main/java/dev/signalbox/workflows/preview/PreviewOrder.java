package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.approval.ProvenWords;
import dev.signalbox.workflows.release.Digest;
import java.time.Instant;

/**
 * What somebody wants of a preview.
 *
 * @param id the same when it is sent again
 * @param reason null = none was given
 * @param commit the one that is meant, 40 hex; null = the newest one
 * @param door by which it comes; null = it is no word of a person
 * @param said when the person said it, by the door's clock; null = it comes as it is said
 * @param proof null = none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreviewOrder(
    String id,
    Kind kind,
    String requester,
    String reason,
    String commit,
    String door,
    Instant said,
    String proof) {
  /** One that means no commit, and comes by no door. */
  public PreviewOrder(String id, Kind kind, String requester, String reason) {
    this(id, kind, requester, reason, null, null, null, null);
  }

  /** What is wanted. */
  public enum Kind {
    @JsonProperty("create")
    CREATE("create"),
    /** Nothing but that the pull request is looked at now. */
    @JsonProperty("look")
    LOOK("look"),
    @JsonProperty("destroy")
    DESTROY("destroy");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  /** As it was said at this door. */
  public PreviewOrder by(String name, Instant at) {
    return new PreviewOrder(id, kind, requester, reason, commit, name, at, proof);
  }

  /**
   * @param hmac of its {@link #words}, 64 hex
   */
  public PreviewOrder provenBy(String hmac) {
    return new PreviewOrder(id, kind, requester, reason, commit, door, said, hmac);
  }

  /** What its proof covers: all of it, and the preview that it is sent to. */
  public ProvenWords words(String previewId) {
    return new ProvenWords(
        1,
        previewId,
        id,
        ForkConsent.ASK,
        kind.word,
        Digest.of(provenBy(null)),
        requester,
        door,
        reason,
        said);
  }

  boolean makes() {
    return kind == Kind.CREATE;
  }

  boolean destroys() {
    return kind == Kind.DESTROY;
  }
}
