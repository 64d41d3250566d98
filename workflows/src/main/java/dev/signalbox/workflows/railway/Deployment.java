package dev.signalbox.workflows.railway;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * One deployment of a service, as Railway lists it.
 *
 * @param revision null when Railway does not say
 * @param skippedReason set for SKIPPED only
 * @param canRollback whether Railway keeps its image and would go back to it
 * @param hasImage whether an image of it was made; Railway may have dropped it since
 * @param endedAt since when it has its status; null = not known
 * @param completed whether its process has ended without a fault, or runs only at the ticks of a
 *     clock; says something only beside {@link Status#ACTIVE}
 */
public record Deployment(
    String id,
    String revision,
    Status status,
    String rawStatus,
    String skippedReason,
    boolean canRollback,
    Instant createdAt,
    boolean hasImage,
    Instant endedAt,
    boolean completed) {
  /** Of one that serves, or did not come so far. */
  public Deployment(
      String id,
      String revision,
      Status status,
      String rawStatus,
      String skippedReason,
      boolean canRollback,
      Instant createdAt,
      boolean hasImage,
      Instant endedAt) {
    this(
        id,
        revision,
        status,
        rawStatus,
        skippedReason,
        canRollback,
        createdAt,
        hasImage,
        endedAt,
        false);
  }

  /** Railway's deployment statuses, sorted by what a waiting pipeline does. */
  public enum Status {
    @JsonProperty("inProgress")
    IN_PROGRESS,
    @JsonProperty("needsApproval")
    NEEDS_APPROVAL,
    @JsonProperty("active")
    ACTIVE,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("crashed")
    CRASHED,
    @JsonProperty("skipped")
    SKIPPED,
    @JsonProperty("removed")
    REMOVED,
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN
  }
}
