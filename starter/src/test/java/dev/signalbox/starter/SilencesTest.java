package dev.signalbox.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.effect.Silence;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Run;
import io.temporal.api.common.v1.ActivityType;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.failure.v1.ServerFailureInfo;
import io.temporal.api.failure.v1.TimeoutFailureInfo;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
  void readsAFailureThatWasTooLongForTheEngine() {
    PendingActivityInfo tooLong =
        PendingActivityInfo.newBuilder()
            .setLastFailure(
                Failure.newBuilder()
                    .setMessage("Failure exceeds size limit.")
                    .setServerFailureInfo(ServerFailureInfo.newBuilder())
                    .setCause(after(FailureType.UNAVAILABLE).getLastFailure()))
            .build();

    assertThat(Silences.unanswered(tooLong)).isTrue();
    assertThat(Silences.failure(tooLong))
        .isEqualTo(after(FailureType.UNAVAILABLE).getLastFailure());
  }

  @Test
  void takesACallThatRanOutOfItsTimeForSilence() {
    Failure late =
        Failure.newBuilder()
            .setTimeoutFailureInfo(
                TimeoutFailureInfo.newBuilder()
                    .setTimeoutType(TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE))
            .build();

    assertThat(Silences.unanswered(asking("ReadFacts", 3).toBuilder().setLastFailure(late).build()))
        .isTrue();
    assertThat(
            Silences.unanswered(asking("HealthSoak", 3).toBuilder().setLastFailure(late).build()))
        .isFalse();
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
        beating("RailwayAwait", Collections.singletonMap("silence", null));

    assertThat(Silences.underWay(waiting, NOW)).isEmpty();
  }

  @Test
  void namesTheServicesWhoseLastSampleHadNoAnswer() {
    List<Run> runs =
        List.of(
            run("backend", Reading.ERROR, "refused", 500),
            run("backend", Reading.GOOD, "200", 400),
            run("frontend", Reading.ERROR, "reset", 300),
            run("backend", Reading.ERROR, "refused", 60),
            run("backend", Reading.ERROR, "no answer in time", 20),
            run("frontend", Reading.GOOD, "200", 10));
    Silent silent =
        new Silent("backend", new Silence(NOW.minusSeconds(60), "no answer in time", null), true);
    Object tally = Map.of("log", Map.of("runs", runs));

    assertThat(SilentServices.of(beating("HealthSoak", tally))).containsExactly(silent);
    assertThat(SilentServices.of(beating("HealthObserve", Map.of("tally", tally))))
        .containsExactly(silent);
  }

  private static Run run(String service, Reading reading, String got, int secondsAgo) {
    Instant from = NOW.minusSeconds(secondsAgo);
    return new Run(service, reading, "2xx", got, from, from, 1);
  }

  private static PendingActivityInfo beating(String type, Object details) {
    return asking(type, 60).toBuilder()
        .setHeartbeatDetails(WireFormat.converter().toPayloads(details).get())
        .build();
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
