package dev.signalbox.starter.e2e;

import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.sandbox.SandboxSettings.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What is to stand in the house. */
final class HousePlan {
  private final Path directory;
  private SandboxSettings settings =
      SandboxSettings.demo()
          .withTiming(
              new Timing(
                  Duration.ofMillis(20),
                  Duration.ofMillis(60),
                  Duration.ofMillis(40),
                  Duration.ofSeconds(2)));
  private UnaryOperator<String> configuration = HousePlan::quick;
  private TestEngine engine;
  private boolean apart;
  private boolean supervised;
  private final Map<String, String> variables = new HashMap<>();

  HousePlan(Path directory) {
    this.directory = directory;
  }

  /** Staging, and these, each promoted from staging and on a branch of its own name. */
  HousePlan environments(List<String> names) {
    List<EnvironmentSettings> all = new ArrayList<>();
    all.add(new EnvironmentSettings(House.STAGING, House.STAGING, true));
    names.forEach(name -> all.add(new EnvironmentSettings(name, name, false)));
    settings = settings.withEnvironments(all);
    return this;
  }

  /** Railway deploys what is pushed to the branches of these. */
  HousePlan deployingWhatIsPushedTo(List<String> names) {
    return sandbox(
        plan ->
            plan.withEnvironments(
                plan.environments().stream()
                    .map(
                        one ->
                            names.contains(one.name())
                                ? new EnvironmentSettings(one.name(), one.branch(), true)
                                : one)
                    .toList()));
  }

  HousePlan sandbox(UnaryOperator<SandboxSettings> change) {
    settings = change.apply(settings);
    return this;
  }

  /** Changes what {@code signalbox.toml} says. */
  HousePlan configured(UnaryOperator<String> change) {
    UnaryOperator<String> before = configuration;
    configuration = toml -> change.apply(before.apply(toml));
    return this;
  }

  HousePlan soaking(String environment, String time) {
    return configured(toml -> PolicyText.with(toml, environment, "soak", '"' + time + '"'));
  }

  /** The worker as a process of its own, which can be killed. */
  HousePlan workerApart() {
    apart = true;
    return this;
  }

  /** As above, and started again where it ended because no engine answered it. */
  HousePlan workerSupervised() {
    supervised = true;
    return workerApart();
  }

  /** A variable more in the worker's environment. */
  HousePlan variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** On this engine, which the house closes; without it on one in this process. */
  HousePlan on(TestEngine other) {
    engine = other;
    return this;
  }

  House open() {
    return new House(this);
  }

  Path directory() {
    return directory;
  }

  SandboxSettings settings() {
    return settings;
  }

  UnaryOperator<String> configuration() {
    return configuration;
  }

  TestEngine engine() {
    return engine == null ? TestEngine.inProcess() : engine;
  }

  boolean apart() {
    return apart;
  }

  boolean supervised() {
    return supervised;
  }

  Map<String, String> variables() {
    return Map.copyOf(variables);
  }

  private static String quick(String toml) {
    return toml.replaceAll("(?m)^from = .*", "from = \"" + House.STAGING + "\"")
        .replace("soak = \"5s\"", "soak = \"1s\"")
        .replaceAll("(?m)^poll = .*", "poll = \"200ms\"")
        .replaceAll("(?m)^settle = .*", "settle = \"2s\"")
        .replaceAll("(?m)^every = .*", "every = \"200ms\"");
  }
}
