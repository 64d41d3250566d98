package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.railway.RailwayActivities.PreDeploy;
import dev.signalbox.workflows.railway.RailwayActivities.PreDeployOrder;
import dev.signalbox.workflows.railway.RailwayActivities.PreDeployQuery;
import java.util.List;
import org.junit.jupiter.api.Test;

class RailwayPreDeployTest extends RailwayHouse {
  @Test
  void setsItOnceAndInItsEnvironmentOnly() {
    PreDeployOrder order = order(List.of(), List.of("./migrate up"));

    PreDeploy first = railway.setPreDeploy(order);
    PreDeploy second = railway.setPreDeploy(order);

    assertThat(first.command()).containsExactly("./migrate up");
    assertThat(second).isEqualTo(first);
    assertThat(effects("serviceInstanceUpdate")).isEqualTo(1);
    assertThat(preDeploy("production").command()).containsExactly("./migrate up");
    assertThat(preDeploy("staging").command()).isEmpty();
    assertThat(railway.setPreDeploy(order(List.of("./migrate up"), List.of())).command()).isEmpty();
  }

  @Test
  void leavesWhatSomebodyElseHasSet() {
    sandbox.railway().preDeploy("production", "frontend", "./theirs");

    PreDeploy now =
        railway.setPreDeploy(
            new PreDeployOrder(
                PROJECT,
                sandbox.environmentId("production"),
                sandbox.serviceId("frontend"),
                "frontend",
                List.of("./ours"),
                List.of(),
                null));

    assertThat(now.command()).containsExactly("./theirs");
  }

  private PreDeploy preDeploy(String environment) {
    return railway.preDeploy(
        new PreDeployQuery(
            PROJECT,
            sandbox.environmentId(environment),
            sandbox.serviceId("backend"),
            "backend",
            null));
  }

  private PreDeployOrder order(List<String> expected, List<String> command) {
    return new PreDeployOrder(
        PROJECT,
        sandbox.environmentId("production"),
        sandbox.serviceId("backend"),
        "backend",
        expected,
        command,
        null);
  }
}
