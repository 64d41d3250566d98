package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.DeploymentEnd;
import dev.signalbox.workflows.railway.RailwayActivities.PushOrder;
import dev.signalbox.workflows.railway.RailwayActivities.Pushed;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Waiting for what Railway makes of a push by itself. */
@ResourceLock(value = OnSandbox.LOG_OF_EVENTS, mode = ResourceAccessMode.READ)
class RailwayPushesTest extends RailwayHouse {
  @Test
  void findsWhatRailwayMakesOfAPush() {
    List<String> baseline = baseline("staging");
    String pushed =
        sandbox.pushRelease("staging", Map.of("backend/push.txt", new byte[] {1}), "A push");

    Pushed found = railway.awaitPush(push("staging", pushed, baseline, Duration.ofSeconds(10)));

    assertThat(found.deploymentId()).isNotNull().isNotIn(baseline);
    DeploymentEnd end = await(found.deploymentId());
    assertThat(end.last().revision()).isEqualTo(pushed);
  }

  @Test
  void namesWhatWasDeployedInItsPlace() {
    List<String> baseline = baseline("production");
    String foreign = deploy("production", head("staging"));

    Pushed found =
        railway.awaitPush(push("production", "f".repeat(40), baseline, Duration.ofSeconds(10)));

    assertThat(found.deploymentId()).isNull();
    assertThat(found.others()).extracting(Deployment::id).containsExactly(foreign);
  }

  @Test
  void saysAfterTheLimitThatNothingCame() {
    Pushed found =
        railway.awaitPush(
            push("production", "f".repeat(40), baseline("production"), Duration.ofMillis(300)));

    assertThat(found.deploymentId()).isNull();
    assertThat(found.others()).isEmpty();
    assertThat(calls("deployments")).isGreaterThan(1);
  }

  @Test
  void givesUpWaitingForAPushThatNobodyCanTellOf() {
    List<String> baseline = baseline("production");
    sandbox.faults().add(Faults.Rule.of("*", Fault.ERRORS_WITH_DATA).times(0));

    ApplicationFailure failure =
        failureOf(
            () ->
                railway.awaitPush(
                    push("production", "f".repeat(40), baseline, Duration.ofMinutes(10))));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.UNAVAILABLE);
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage()).startsWith("Railway has not answered for");
  }

  private List<String> baseline(String environment) {
    return railway.readEnvironment(query(environment)).service("backend").orElseThrow().recent();
  }

  private PushOrder push(String environment, String commit, List<String> baseline, Duration limit) {
    return new PushOrder(
        PROJECT,
        sandbox.projectId(),
        sandbox.environmentId(environment),
        sandbox.serviceId("backend"),
        "backend",
        commit,
        baseline,
        limit,
        Duration.ofMillis(200),
        Duration.ofMillis(300),
        POLL,
        null);
  }
}
