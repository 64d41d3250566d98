package dev.signalbox.workflows.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.gate.FactsActivities;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.health.HealthActivities;
import dev.signalbox.workflows.health.SmokeActivities;
import dev.signalbox.workflows.logs.LogsActivities;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.railway.RailwayActivities;
import io.temporal.common.metadata.POJOActivityInterfaceMetadata;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SystemsTest {
  @Test
  void namesWhoIsAskedByEveryActivity() {
    assertThat(asked(GitHubActivities.class)).containsExactly("GitHub");
    assertThat(asked(NotifyActivities.class)).containsExactlyInAnyOrder("GitHub", "Slack");
    assertThat(asked(RailwayActivities.class)).containsExactly("Railway");
    assertThat(asked(LogsActivities.class)).containsExactly("Railway");
    assertThat(asked(FactsActivities.class)).containsExactly("GitHub or Railway");
    assertThat(asked(HealthActivities.class)).containsExactly("the services");
    assertThat(asked(SmokeActivities.class)).containsExactly("the smoke command");
    assertThat(asked(LedgerActivities.class)).containsExactly("the ledger");
    assertThat(asked(PolicyActivities.class)).containsExactly("the worker");
  }

  private static Set<String> asked(Class<?> activities) {
    return POJOActivityInterfaceMetadata.newInstance(activities).getMethodsMetadata().stream()
        .map(method -> Systems.of(method.getActivityTypeName()))
        .collect(Collectors.toSet());
  }
}
