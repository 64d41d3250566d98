package dev.signalbox.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.effect.Silence;
import io.temporal.api.common.v1.ActivityType;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class SilencesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void takesAReadThatSawNoChangeForAnAnswer() {
    assertThat(Silences.unanswered(after(FailureType.UNCHANGED))).isFalse();
  }

  @Test
  void takesAReadThatNobodyAnsweredForSilence() {
    assertThat(Silences.unanswered(after(FailureType.UNAVAILABLE))).isTrue();
  }

  @Test
  void takesAReadUnderWayForNoSilence() {
    assertThat(Silences.unanswered(PendingActivityInfo.getDefaultInstance())).isFalse();
  }

  @Test
  void namesWhoIsAskedWhileAnAttemptHangs() {
    assertThat(Silences.underWay(asking("ReadFacts", 12), NOW).orElseThrow())
        .isEqualTo(new Silence(NOW.minusSeconds(12), "asked for 12s, and not answered yet", null));
    assertThat(Silences.underWay(asking("RailwayDeploy", 6), NOW)).isPresent();
  }

  @Test
  void givesACallItsTime() {
    assertThat(Silences.underWay(asking("GitHubMerge", 4), NOW)).isEmpty();
  }

  @Test
  void takesWorkForNoSilence() {
    assertThat(Silences.underWay(asking("UpgradeDatabase", 60), NOW)).isEmpty();
    assertThat(Silences.underWay(asking("HealthSoak", 60), NOW)).isEmpty();
  }

  @Test
  void takesWhoWaitsAndWasAnsweredForNoSilence() {
    PendingActivityInfo waiting =
        asking("RailwayAwait", 60).toBuilder()
            .setHeartbeatDetails(
                WireFormat.converter().toPayloads(Collections.singletonMap("silence", null)).get())
            .build();

    assertThat(Silences.underWay(waiting, NOW)).isEmpty();
  }

  private static PendingActivityInfo asking(String type, int seconds) {
    return PendingActivityInfo.newBuilder()
        .setActivityType(ActivityType.newBuilder().setName(type))
        .setState(PendingActivityState.PENDING_ACTIVITY_STATE_STARTED)
        .setLastStartedTime(
            Timestamp.newBuilder().setSeconds(NOW.minusSeconds(seconds).getEpochSecond()))
        .build();
  }

  private static PendingActivityInfo after(FailureType type) {
    return PendingActivityInfo.newBuilder()
        .setLastFailure(
            Failure.newBuilder()
                .setApplicationFailureInfo(
                    ApplicationFailureInfo.newBuilder().setType(type.wireName())))
        .build();
  }
}
