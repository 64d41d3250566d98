package dev.signalbox.starter.e2e;

import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;

/** Where Railway deploys what is pushed, on Temporal's test server. */
@Tag("crash")
final class RandomObservedKillsTest extends RandomKills {
  @Override
  TestEngine engine(Path directory) {
    return TestEngine.inProcess();
  }

  @Override
  HousePlan planned(HousePlan plan) {
    return plan.sandbox(
            settings ->
                settings.withEnvironments(
                    List.of(
                        new EnvironmentSettings(House.STAGING, House.STAGING, true),
                        new EnvironmentSettings(House.PRODUCTION, "main", true))))
        .configured(toml -> PolicyText.with(toml, House.PRODUCTION, "auto_deploy", "\"observe\""));
  }

  /** Whoever made them: those of the commit at the branch's head, and every call of ours. */
  @Override
  Map<String, Long> deployments(House house, int since) {
    String head = house.sandbox().repository().tip("main").orElseThrow();
    boolean ours = !super.deployments(house, since).isEmpty();
    return house.sandbox().railway().deployments().stream()
        .filter(one -> House.PRODUCTION.equals(one.environment()))
        .filter(one -> ours || head.equals(one.commit()))
        .collect(Collectors.groupingBy(one -> one.service(), Collectors.counting()));
  }
}
