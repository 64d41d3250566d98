package dev.signalbox.activities.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunningRevisionTest {
  private static final String LIVE = "a".repeat(40);
  private static final String PROMOTED = "b".repeat(40);
  private static final String MERGE = "c".repeat(40);

  @Test
  void isTheOneThatIsNotPromotedWhereServicesDiffer() {
    assertThat(running(PROMOTED, LIVE)).contains(LIVE);
    assertThat(running(PROMOTED, PROMOTED)).contains(PROMOTED);
  }

  @Test
  void isTheRevisionBehindARecordedMerge() {
    assertThat(running(MERGE)).contains(LIVE);
  }

  @Test
  void isUnknownWhereRailwayNamesNoCommitOfOneService() {
    assertThat(running(LIVE, null)).isEmpty();
  }

  @Test
  void isNoneWhereNothingRuns() {
    assertThat(running()).isEmpty();
  }

  private static Optional<String> running(String... revisions) {
    List<ServiceState> services = new ArrayList<>();
    for (String revision : revisions) {
      String name = "service-" + services.size();
      ServiceDeployment active = new ServiceDeployment(name, "d-" + name, revision, true, null);
      services.add(new ServiceState(name, "id-" + name, active, active, null, null, null));
    }
    return RunningRevision.of(
        new EnvironmentState("environment", services, "1", null),
        PROMOTED,
        commit -> commit.equals(MERGE) ? LIVE : commit);
  }
}
