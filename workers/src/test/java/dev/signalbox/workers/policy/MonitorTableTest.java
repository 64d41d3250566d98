package dev.signalbox.workers.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workers.config.Problem;
import dev.signalbox.workflows.policy.MonitorPolicy;
import dev.signalbox.workflows.policy.MonitorPolicy.ClosedByHand;
import dev.signalbox.workflows.policy.MonitorPolicy.DatabaseCheck;
import dev.signalbox.workflows.policy.MonitorPolicy.DatabaseLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorTableTest {
  private static final String LEAST =
      """
      [project]
      name = "inspector"
      github = "acme/inspector"
      railway = "0f0c"
      [services.backend]
      health = "/health"
      [people.ops]
      ana = { github = "ana" }
      [environments.production]
      branch = "main"
      """;

  @Test
  void holdsItsDefaults() {
    MonitorPolicy policy = policy("[monitor.production]");

    assertThat(policy.times().words()).isEqualTo("at */15 * * * * UTC");
    assertThat(policy.unhealthyAfter()).isEqualTo(3);
    assertThat(policy.healthyAfter()).isEqualTo(2);
    assertThat(policy.interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(policy.certificate()).isEqualTo(Duration.ofDays(14));
    assertThat(policy.incident().titleFor("production"))
        .isEqualTo("Production Deployment Health Check Failed");
    assertThat(policy.incident().labels()).containsExactly("deployment-alert", "urgent");
  }

  @Test
  void readsEveryKey() {
    MonitorPolicy policy =
        policy(
            """
            [monitor.production]
            cron = "0 */2 * * *"
            zone = "Europe/Berlin"
            unhealthy_after = 4
            healthy_after = 5
            interval = "10s"
            recheck = "500ms"
            slow = "2s"
            certificate = "21d"
            pages = [{ path = "/login", contains = "Sign in" }]
            control = ["https://one.one.one.one"]
            allow = ["10.0.0.0/8", "db.internal:5432"]
            title = "{environment} is down"
            labels = ["outage"]
            closed_by_hand = "reopen"
            settle = "5m"
            remind = "1h"
            escalate = "10m"
            escalate_to = ["ops"]
            silence = "20m"
            maintenance = [{ from = "Tue 02:00", to = "Tue 03:00", zone = "Europe/Berlin" }]
            [monitor.production.database]
            service = "backend"
            url = "DATABASE_PUBLIC_URL"
            every = "30s"
            connections = "70%"
            longest = "2m"
            size = "20GB"
            """);

    assertThat(policy.times().zone()).isEqualTo("Europe/Berlin");
    assertThat(policy.unhealthyAfter()).isEqualTo(4);
    assertThat(policy.healthyAfter()).isEqualTo(5);
    assertThat(policy.interval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(policy.recheck()).isEqualTo(Duration.ofMillis(500));
    assertThat(policy.slow()).isEqualTo(Duration.ofSeconds(2));
    assertThat(policy.certificate()).isEqualTo(Duration.ofDays(21));
    assertThat(policy.database())
        .isEqualTo(
            new DatabaseCheck(
                "backend",
                "DATABASE_PUBLIC_URL",
                Duration.ofSeconds(30),
                new DatabaseLimits(70, Duration.ofMinutes(2), 20L << 30)));
    assertThat(policy.pages()).singleElement().extracting("contains").isEqualTo("Sign in");
    assertThat(policy.control()).containsExactly("https://one.one.one.one");
    assertThat(policy.allow()).containsExactly("10.0.0.0/8", "db.internal:5432");
    assertThat(policy.incident().titleFor("staging")).isEqualTo("staging is down");
    assertThat(policy.incident().labels()).containsExactly("outage");
    assertThat(policy.incident().closedByHand()).isEqualTo(ClosedByHand.REOPEN);
    assertThat(policy.incident().settle()).isEqualTo(Duration.ofMinutes(5));
    assertThat(policy.incident().remind()).isEqualTo(Duration.ofHours(1));
    assertThat(policy.incident().escalate()).isEqualTo(Duration.ofMinutes(10));
    assertThat(policy.incident().escalateTo()).containsExactly("ops");
    assertThat(policy.silence()).isEqualTo(Duration.ofMinutes(20));
    assertThat(policy.maintenance()).singleElement().extracting("from").isEqualTo("Tue 02:00");
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    assertThat(
            problems(
                """
                [monitor.production]
                every = "7m"
                interval = "1s"
                remind = "5m"
                escalate_to = ["nobody"]
                zone = "UTC"
                alerts = { cpu = "70%" }
                unhealty_after = 3
                [monitor.qa]
                """))
        .hasSize(8)
        .anyMatch(line -> line.contains("the group \"nobody\"; allowed: ops"))
        .anyMatch(line -> line.contains("remind") && line.contains("\"5m\""))
        .anyMatch(line -> line.contains("no part of an hour"))
        .anyMatch(line -> line.contains("interval") && line.contains("\"1s\""))
        .anyMatch(line -> line.contains("without cron"))
        .anyMatch(line -> line.contains("its capability is not built yet"))
        .anyMatch(line -> line.contains("did you mean \"unhealthy_after\"?"))
        .anyMatch(line -> line.contains("there is no environment \"qa\""));
  }

  @Test
  void saysWhatIsWrongWithADatabase() {
    assertThat(
            problems(
                """
                [monitor.production.database]
                service = "db"
                connections = "120%"
                size = "20 gigabytes"
                """))
        .hasSize(3)
        .anyMatch(line -> line.contains("the service \"db\""))
        .anyMatch(line -> line.contains("120%"))
        .anyMatch(line -> line.contains("20 gigabytes"));
  }

  private static MonitorPolicy policy(String text) {
    return PipelineFile.parse("signalbox.toml", LEAST + text)
        .orThrow()
        .monitor("production")
        .orElseThrow();
  }

  private static List<String> problems(String text) {
    return PipelineFile.parse("signalbox.toml", LEAST + text).problems().stream()
        .map(Problem::toString)
        .toList();
  }
}
