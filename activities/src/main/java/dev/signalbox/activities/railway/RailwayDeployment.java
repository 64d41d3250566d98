package dev.signalbox.activities.railway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Railway's {@code Deployment}.
 *
 * @param deploymentStopped with SUCCESS: its process ended with exit code 0
 * @param meta untyped and undocumented; {@code commitHash} is absent after uploads and for images,
 *     {@code skippedReason} stands with SKIPPED
 */
public record RailwayDeployment(
    String id,
    String serviceId,
    String status,
    Instant createdAt,
    Instant statusUpdatedAt,
    boolean canRollback,
    boolean deploymentStopped,
    JsonNode meta) {

  /** Null when Railway does not say. */
  public String revision() {
    return text("commitHash");
  }

  /** Missing where it failed before an image existed. */
  public boolean hasImage() {
    return text("imageDigest") != null;
  }

  public String skippedReason() {
    return text("skippedReason");
  }

  /** Beside SUCCESS: ended well, or built by a cron service, which runs it at its next tick. */
  public boolean completed() {
    return deploymentStopped || (meta != null && meta.path("buildOnly").asBoolean(false));
  }

  private String text(String key) {
    JsonNode value = meta == null ? null : meta.get(key);
    return value == null || !value.isTextual() || value.asText().isBlank() ? null : value.asText();
  }
}
