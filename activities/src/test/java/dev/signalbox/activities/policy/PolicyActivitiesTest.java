package dev.signalbox.activities.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyActivitiesTest {
  private static ApplicationFailure failure(PolicySource source, String project) {
    PolicyActivitiesImpl policy = new PolicyActivitiesImpl(source, Set.of("inspector"));
    return catchThrowableOfType(
        ApplicationFailure.class, () -> policy.read(new PolicyQuery(project, "production")));
  }

  @Test
  void listsEveryMistakeOfAFaultyFile() {
    ApplicationFailure failure =
        failure(
            environment -> {
              throw new InvalidPolicyException("signalbox.toml", List.of("3:1 one", "9:4 two"));
            },
            "inspector");

    assertThat(failure.getType()).isEqualTo(FailureType.INVALID_POLICY.wireName());
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage()).contains("2 mistakes", "3:1 one", "9:4 two");
  }

  @Test
  void refusesAnEnvironmentThatTheFileDoesNotName() {
    assertThat(failure(environment -> Optional.empty(), "inspector").getType())
        .isEqualTo(FailureType.NOT_FOUND.wireName());
  }

  @Test
  void refusesAnotherProject() {
    assertThat(failure(environment -> Optional.empty(), "other").getType())
        .isEqualTo(FailureType.FOREIGN_PROJECT.wireName());
  }
}
