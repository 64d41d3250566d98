package dev.signalbox.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.ActivityOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityProfilesTest {
  // temporal-test-server 1.39 repeats an activity for ever whose time ends on a whole second.
  @ParameterizedTest
  @ValueSource(strings = {"PT2S", "PT8S", "PT2M", "PT1H", "PT240H"})
  void endsWhatIsGivenUpByItsAttemptsToo(Duration longest) {
    ActivityOptions options = ActivityProfiles.quick("q", "look", longest);

    assertThat(options.getScheduleToCloseTimeout()).isEqualTo(longest);
    assertThat(options.getRetryOptions().getMaximumAttempts())
        .isBetween(3, (int) (9 * (8 + longest.toMinutes())));
  }

  @Test
  void leavesTimeForEveryAttemptThatFits() {
    ActivityOptions options = ActivityProfiles.settling("q", "look", Duration.ofSeconds(16));

    // After 0, 1, 3, 7 and 15 seconds.
    assertThat(options.getRetryOptions().getMaximumAttempts()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void repeatsForEverWhatNobodyGivesUp() {
    assertThat(ActivityProfiles.quick("q", "look").getRetryOptions().getMaximumAttempts()).isZero();
  }
}
