package dev.signalbox.activities.railway;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.railway.AwaitOrder;
import dev.signalbox.workflows.railway.AwaitOrder.Phase;
import dev.signalbox.workflows.railway.DeploymentEnd;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.DeployOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** The Railway activities against the sandbox, whose token's kind is known already. */
abstract class RailwayHouse extends OnSandbox {
  static final Duration POLL = Duration.ofMillis(50);

  RailwayActivities railway;

  @BeforeEach
  void register() {
    RailwayClient client = railway(Clock.systemUTC());
    client.credential();
    railway =
        stub(
            RailwayActivities.class,
            new RailwayActivitiesImpl(
                client, SERVED, "http", Clock.systemUTC(), Pace.of(Clock.systemUTC())));
  }

  /** Both services, without their variables. */
  EnvironmentQuery query(String environment) {
    return new EnvironmentQuery(
        PROJECT, sandbox.projectId(), environment, List.of("backend", "frontend"), null);
  }

  /** The backend. */
  String deploy(String environment, String revision) {
    return railway
        .deploy(
            new DeployOrder(
                PROJECT,
                sandbox.environmentId(environment),
                sandbox.serviceId("backend"),
                "backend",
                revision))
        .deploymentId();
  }

  DeploymentEnd await(String deployment, Duration limit) {
    return railway.awaitDeployment(
        new AwaitOrder(
            PROJECT,
            "backend",
            deployment,
            null,
            null,
            limit,
            null,
            POLL,
            List.of(Phase.values())));
  }

  /** However it ends. */
  DeploymentEnd await(String deployment) {
    return await(deployment, Duration.ofSeconds(20));
  }
}
