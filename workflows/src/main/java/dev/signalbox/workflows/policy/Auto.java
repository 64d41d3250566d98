package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code [environments.<name>] auto} says: what starts a promotion without anybody asking. No
 * part of what people approve, so no part of the pipeline.
 *
 * @param on what does
 * @param tag pattern of the tags that do, {@code *} for anything but a slash; null = {@code v*}
 */
public record Auto(List<On> on, String tag) {
  public static final Auto OFF = new Auto(null, null);

  private static final String BRANCH = "refs/heads/";
  private static final String TAG = "refs/tags/";

  public Auto {
    on = on == null ? List.of() : List.copyOf(on);
    tag = tag == null ? "v*" : tag;
  }

  /** What may start one. */
  public enum On {
    /** A push to the branch that the environment is promoted from, or its own without one. */
    @JsonProperty("push")
    PUSH,
    @JsonProperty("tag")
    TAG
  }

  /** What news of this reference starts; empty = nothing. */
  public Optional<On> startedBy(String ref, String sourceBranch) {
    if (on.contains(On.PUSH) && ref.equals(BRANCH + sourceBranch)) {
      return Optional.of(On.PUSH);
    }
    return on.contains(On.TAG) && ref.startsWith(TAG) && fits(ref.substring(TAG.length()))
        ? Optional.of(On.TAG)
        : Optional.empty();
  }

  private boolean fits(String name) {
    return Pattern.matches(("\\Q" + tag + "\\E").replace("*", "\\E[^/]*\\Q"), name);
  }
}
