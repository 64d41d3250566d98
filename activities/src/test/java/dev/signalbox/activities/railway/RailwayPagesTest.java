package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.sandbox.SandboxSettings.ServiceSettings;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.ServiceState;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Projects that do not fit the first page of what Railway lists. */
class RailwayPagesTest {
  private static final String PROJECT = "inspector";
  private static final String PRODUCTION = "production";

  /** Nothing is deployed from it, so that many services cost nothing. */
  private static final String NO_BRANCH = "none";

  @Test
  void findsAnEnvironmentOfTheSecondPage() {
    List<EnvironmentSettings> environments =
        IntStream.rangeClosed(1, 51)
            .mapToObj(n -> new EnvironmentSettings("environment-" + n, NO_BRANCH, false))
            .toList();

    try (Sandbox sandbox =
        start(List.of(service("backend")), SandboxSettings.demo().withEnvironments(environments))) {
      EnvironmentState last = read(sandbox, "environment-51", List.of("backend"));

      assertThat(last.environmentId()).isEqualTo(sandbox.environmentId("environment-51"));
      assertThat(operations(sandbox)).containsExactly("projectToken", "project", "project");
    }
  }

  @Test
  void findsAServiceOfTheSecondPage() {
    List<ServiceSettings> services =
        IntStream.rangeClosed(1, 101).mapToObj(n -> service("service-" + n)).toList();
    SandboxSettings settings =
        SandboxSettings.demo()
            .withEnvironments(List.of(new EnvironmentSettings(PRODUCTION, NO_BRANCH, false)));

    try (Sandbox sandbox = start(services, settings)) {
      EnvironmentState state = read(sandbox, PRODUCTION, List.of("service-1", "service-101"));

      assertThat(state.services())
          .extracting(ServiceState::serviceId)
          .containsExactly(sandbox.serviceId("service-1"), sandbox.serviceId("service-101"));
      assertThat(operations(sandbox)).startsWith("projectToken", "project", "environment");
    }
  }

  @Test
  void takesTheBaselineFromTheServicesOwnListWhereOthersFillTheEnvironmentsPage() {
    try (Sandbox sandbox = start(SandboxSettings.demo().services(), SandboxSettings.demo())) {
      String commit = sandbox.repository().tip("main").orElseThrow();
      List<String> backend = deployed(sandbox, "backend", commit, 3);
      deployed(sandbox, "frontend", commit, 51);

      EnvironmentState state = read(sandbox, PRODUCTION, List.of("backend", "frontend"));

      assertThat(state.service("backend").orElseThrow().recent()).containsAll(backend);
      assertThat(operations(sandbox)).containsExactly("projectToken", "project", "deployments");
    }
  }

  private static List<String> deployed(Sandbox sandbox, String service, String commit, int times) {
    return IntStream.range(0, times)
        .mapToObj(n -> sandbox.railway().deploy(PRODUCTION, service, commit).id())
        .toList();
  }

  private static ServiceSettings service(String name) {
    return new ServiceSettings(name, name, List.of());
  }

  private static Sandbox start(List<ServiceSettings> services, SandboxSettings settings) {
    return Sandbox.start(settings.withServices(services).withTiming(SandboxSettings.Timing.QUICK));
  }

  private static EnvironmentState read(Sandbox sandbox, String environment, List<String> services) {
    RailwayClient client =
        new RailwayClient(
            URI.create(sandbox.railwayUrl()),
            new Secret(sandbox.railwayToken()),
            Clock.systemUTC());
    return new RailwayActivitiesImpl(
            client, Set.of(PROJECT), "http", Clock.systemUTC(), Pace.of(Clock.systemUTC()))
        .readEnvironment(
            new EnvironmentQuery(PROJECT, sandbox.projectId(), environment, services, null));
  }

  private static List<String> operations(Sandbox sandbox) {
    return sandbox.journal().entries().stream().map(entry -> entry.operation()).toList();
  }
}
