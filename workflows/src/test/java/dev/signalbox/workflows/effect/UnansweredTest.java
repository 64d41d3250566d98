package dev.signalbox.workflows.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.ActivityProfiles;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import org.junit.jupiter.api.Test;

class UnansweredTest {
  @Test
  void knowsNothingOfACallWhoseWorkerWasLostAfterItHadLeft() {
    Unanswered lost = of(lostAfter(ActivityProfiles.SENDING + " 3 of 4"));

    assertThat(lost).isEqualTo(new Unanswered(false, false, null, "begun"));
  }

  @Test
  void knowsThatNothingWasDoneWhereTheWorkerWasLostBefore() {
    Unanswered lost = of(lostAfter("waiting for the lock"));

    assertThat(lost).isEqualTo(new Unanswered(true, false, null, "not begun"));
  }

  @Test
  void knowsThatNothingWasDoneWhereTheWorkerWasLostWithoutASign() {
    assertThat(of(lostAfter(null)).notDone()).isTrue();
  }

  @Test
  void knowsThatARefusalIsForGood() {
    Unanswered refused =
        of(
            ApplicationFailure.newNonRetryableFailure(
                "no such service", FailureType.REJECTED.wireName()));

    assertThat(refused).isEqualTo(new Unanswered(true, true, null, "no such service"));
  }

  @Test
  void knowsNothingOfAFailureThatNobodyMapped() {
    Unanswered odd = of(ApplicationFailure.newFailure("boom", "java.lang.Error"));

    assertThat(odd).isEqualTo(new Unanswered(false, false, null, "boom"));
  }

  private static TimeoutFailure lostAfter(String sign) {
    return new TimeoutFailure("lost", sign, TimeoutType.TIMEOUT_TYPE_HEARTBEAT);
  }

  private static Unanswered of(Exception cause) {
    return Unanswered.of(
        new ActivityFailure(
            "failed", 1, 2, "Deploy", "1", RetryState.RETRY_STATE_TIMEOUT, "a worker", cause),
        "begun",
        "not begun");
  }
}
