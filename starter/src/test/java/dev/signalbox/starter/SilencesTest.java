package dev.signalbox.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.effect.FailureType;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import org.junit.jupiter.api.Test;

class SilencesTest {
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

  private static PendingActivityInfo after(FailureType type) {
    return PendingActivityInfo.newBuilder()
        .setLastFailure(
            Failure.newBuilder()
                .setApplicationFailureInfo(
                    ApplicationFailureInfo.newBuilder().setType(type.wireName())))
        .build();
  }
}
