package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a preview stands: the answer of the query {@code preview}.
 *
 * @param environment its name; null = not known yet
 * @param revision the commit that it was brought to, or that failed; null = none yet
 * @param head the newest commit of the pull request; null = not read yet
 * @param author of the pull request
 * @param urls address of each service that has one
 * @param use by people
 */
public record PreviewStatus(
    String id,
    int number,
    String environment,
    String environmentId,
    Stage stage,
    String revision,
    String head,
    String author,
    String requester,
    Instant since,
    String detail,
    Map<String, String> urls,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) PreviewUse use) {
  public PreviewStatus {
    urls = urls == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(urls));
    use = use == null ? PreviewUse.NONE : use;
  }

  /**
   * @param desk null = its settings were not read yet
   */
  static PreviewStatus of(String id, PreviewDesk desk, PreviewState state, PullSight sight) {
    return new PreviewStatus(
        id,
        state.number(),
        desk == null ? null : desk.environment(),
        state.environmentId(),
        state.stage(),
        state.revision(),
        sight.head(),
        sight.pull() == null ? null : sight.pull().author(),
        state.requester(),
        state.since(),
        state.detail(),
        state.urls(),
        state.use());
  }

  /** Where it stands. */
  public enum Stage {
    @JsonProperty("beginning")
    BEGINNING("beginning"),
    /** The environment is made, or looked at again. */
    @JsonProperty("creating")
    CREATING("creating"),
    /** There are as many as there may be. */
    @JsonProperty("waiting")
    WAITING("waiting"),
    /** Railway makes its own, or does not where it should. */
    @JsonProperty("blocked")
    BLOCKED("blocked"),
    /** Its commits are in a fork, and nobody consented to the newest one. */
    @JsonProperty("consent")
    CONSENT("consent"),
    @JsonProperty("deploying")
    DEPLOYING("deploying"),
    @JsonProperty("ready")
    READY("ready"),
    @JsonProperty("failed")
    FAILED("failed"),
    /** It must not be. */
    @JsonProperty("refused")
    REFUSED("refused"),
    @JsonProperty("removing")
    REMOVING("removing"),
    /** Railway does not let it go; tried again. */
    @JsonProperty("stuck")
    STUCK("stuck"),
    @JsonProperty("gone")
    GONE("gone");

    private final String word;

    Stage(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    /** Whether something is done to it at the moment. */
    public boolean busy() {
      return this == CREATING || this == DEPLOYING;
    }

    /** Whether it stays as it is until something happens. */
    public boolean rests() {
      return stands() || this == REFUSED || this == WAITING;
    }

    /** Whether nothing is left to do to what is there. */
    boolean stands() {
      return this == READY || this == FAILED || this == CONSENT;
    }

    /** Whether it goes on only when a sweep finds that it may. */
    boolean held() {
      return this == WAITING || this == BLOCKED;
    }

    /** Whether people were told that it comes, and nothing of it needs to be there. */
    boolean announced() {
      return held() || this == CONSENT;
    }

    public boolean leaving() {
      return this == REMOVING || this == STUCK;
    }
  }
}
