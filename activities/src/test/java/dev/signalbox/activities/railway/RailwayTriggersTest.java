package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.RailwayActivities.TriggerOrder;
import dev.signalbox.workflows.railway.ServiceState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Triggers, read and removed. */
@ResourceLock(value = OnSandbox.LOG_OF_EVENTS, mode = ResourceAccessMode.READ)
class RailwayTriggersTest extends RailwayHouse {
  @Test
  void removesATriggerAndTakesAMissingOneForRemoved() {
    TriggerOrder order = removal();

    railway.removeTrigger(order);
    railway.removeTrigger(order);

    assertThat(effects("deploymentTriggerDelete")).isGreaterThanOrEqualTo(1);
    assertThat(triggers()).doesNotContain(order.triggerId());
  }

  @Test
  void takesARefusalForRemovedOnlyWhereTheTriggerIsSeenToBeGone() {
    TriggerOrder order = removal();
    refuseTheRemoval();

    assertThat(typeOf(() -> railway.removeTrigger(order))).isEqualTo(FailureType.REJECTED);
    assertThat(triggers()).contains(order.triggerId());

    railway.removeTrigger(order);
    refuseTheRemoval();
    railway.removeTrigger(order);

    assertThat(triggers()).doesNotContain(order.triggerId());
  }

  @Test
  void readsThatATriggerRestsWhereAutomaticDeploymentsAreSwitchedOff() {
    removal();
    autoDeploy("frontend", true);
    assertThat(frontend().awake()).isNotEmpty();

    autoDeploy("frontend", false);

    assertThat(frontend().triggers()).isNotEmpty();
    assertThat(frontend().awake()).isEmpty();
  }

  @Test
  void countsTheTriggerWhereRailwayRefusesToSayWhetherItRests() {
    removal();
    autoDeploy("frontend", false);
    sandbox
        .faults()
        .add(
            Faults.Rule.of("serviceInstanceAutoDeployStatus", Fault.ERRORS)
                .saying("Not Authorized"));

    assertThat(frontend().awake()).isNotEmpty();
  }

  private ServiceState frontend() {
    return railway
        .readEnvironment(
            new EnvironmentQuery(
                PROJECT,
                sandbox.projectId(),
                "production",
                List.of("frontend"),
                null,
                false,
                true,
                null))
        .service("frontend")
        .orElseThrow();
  }

  private void autoDeploy(String service, boolean enabled) {
    variables()
        .mutate(
            "mutation($input: ServiceInstanceAutoDeployUpdateInput!) {"
                + " serviceInstanceAutoDeployUpdate(input: $input) { enabled } }",
            Map.of(
                "input",
                Map.of(
                    "projectId", sandbox.projectId(),
                    "environmentId", sandbox.environmentId("production"),
                    "serviceId", sandbox.serviceId(service),
                    "enabled", enabled)));
  }

  private TriggerOrder removal() {
    String id = sandbox.railway().createTrigger("production", "frontend", "production", false).id();
    return new TriggerOrder(PROJECT, sandbox.projectId(), "production", id);
  }

  /** As Railway refuses both a trigger that is gone and one that the token may not touch. */
  private void refuseTheRemoval() {
    sandbox
        .faults()
        .add(Faults.Rule.of("deploymentTriggerDelete", Fault.ERRORS).saying("Not Authorized"));
  }

  private List<String> triggers() {
    return railway.readEnvironment(query("production")).services().stream()
        .flatMap(service -> service.triggers().stream())
        .map(trigger -> trigger.id())
        .toList();
  }

  @Test
  void readsTheTriggersOfTheSecondPage() {
    for (int i = 0; i < 101; i++) {
      sandbox.railway().createTrigger("production", "frontend", "branch-" + i, false);
    }

    assertThat(triggers()).hasSizeGreaterThanOrEqualTo(101).doesNotHaveDuplicates();
    assertThat(calls("environment")).isEqualTo(1);
  }
}
