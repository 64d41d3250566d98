package dev.signalbox.starter;

import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.common.converter.DataConverterException;
import java.time.Instant;
import java.util.Optional;

/**
 * That a release under watch has been verified, and when. Verification and soak are one read: the
 * run hears of both when that has ended, the engine by its heartbeat.
 *
 * @param verification how the verification ended; null = it goes on
 */
record SoakBegun(VerificationEnd verification, Instant verifiedAt) {
  private static final String WATCH = "HealthObserve";

  /** Empty while it is verified, and where no watch is pending. */
  static Optional<SoakBegun> of(EngineCalls calls, String workflowId) {
    return calls.pending(workflowId).stream()
        .filter(pending -> pending.getActivityType().getName().equals(WATCH))
        .filter(PendingActivityInfo::hasHeartbeatDetails)
        .flatMap(pending -> read(pending).stream())
        .filter(place -> place.verification() != null && place.verifiedAt() != null)
        .findFirst();
  }

  private static Optional<SoakBegun> read(PendingActivityInfo pending) {
    try {
      return Optional.ofNullable(
          WireFormat.converter()
              .fromPayloads(
                  0, Optional.of(pending.getHeartbeatDetails()), SoakBegun.class, SoakBegun.class));
    } catch (DataConverterException another) {
      return Optional.empty();
    }
  }
}
