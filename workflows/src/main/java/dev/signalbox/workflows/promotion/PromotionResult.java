package dev.signalbox.workflows.promotion;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.health.Proof;
import dev.signalbox.workflows.railway.DeploymentFailure;
import dev.signalbox.workflows.release.Step;
import java.util.List;

/**
 * How a promotion ended.
 *
 * @param detail one sentence: why
 * @param failures why deployments failed: steps and logs
 * @param report the whole story as Markdown
 * @param proof what was seen of the services; null = nothing was deployed
 */
public record PromotionResult(
    String id,
    String revision,
    Result result,
    String digest,
    String detail,
    String mergeCommit,
    List<Step> steps,
    List<DeploymentFailure> failures,
    String report,
    Proof proof) {
  public PromotionResult {
    failures = failures == null ? List.of() : List.copyOf(failures);
    steps = steps == null ? List.of() : List.copyOf(steps);
  }

  /** The ways in which a run ends. */
  public enum Result {
    @JsonProperty("live")
    LIVE,
    @JsonProperty("rolledBack")
    ROLLED_BACK,
    @JsonProperty("rejected")
    REJECTED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("timedOut")
    TIMED_OUT,
    @JsonProperty("cancelled")
    CANCELLED,
    @JsonProperty("superseded")
    SUPERSEDED,
    @JsonProperty("waiting")
    WAITING;

    /** The word on the wire and on the screen. */
    public String word() {
      return switch (this) {
        case LIVE -> "live";
        case ROLLED_BACK -> "rolledBack";
        case REJECTED -> "rejected";
        case FAILED -> "failed";
        case TIMED_OUT -> "timedOut";
        case CANCELLED -> "cancelled";
        case SUPERSEDED -> "superseded";
        case WAITING -> "waiting";
      };
    }

    /** The word and what happened, which may begin with the word itself. */
    public String with(String detail) {
      if (detail == null) {
        return word();
      }
      return detail.equals(word()) || detail.startsWith(word() + " ")
          ? detail
          : word() + ": " + detail;
    }
  }
}
