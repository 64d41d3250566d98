package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.starter.IncidentClient.Known;
import dev.signalbox.starter.MonitorClient;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.clock.ClockTimes;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.monitor.IncidentState;
import dev.signalbox.workflows.monitor.Look;
import dev.signalbox.workflows.monitor.MonitorOrder;
import dev.signalbox.workflows.monitor.MonitorState;
import dev.signalbox.workflows.monitor.Standing;
import dev.signalbox.workflows.monitor.State;
import dev.signalbox.workflows.policy.Pipeline.Project;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonitorReportTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
  private static final String REVISION = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
  private static final Project PROJECT = new Project("inspector", "acme/inspector", "0f0c");

  /** As commands print it. */
  private static final ObjectMapper JSON =
      WireFormat.mapper()
          .setDefaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS));

  @Test
  void saysWhatIsDownWhatIsLiveAndWhichIncidentThereIs() {
    assertThat(String.join("\n", report().lines()))
        .isEqualTo(
            """
            # production of inspector: outage

            Written at 2026-11-28T12:00:00Z. Monitored at 0 * * * * UTC. Last full round \
            2026-11-28T12:00:00Z, 9 looks in all.

            ## Checks

            | check | state | since | why |
            |---|---|---|---|
            | backend | down | 2026-11-28T12:00:00Z | expected 2xx, got \\|503\\| |

            ## Live

            | service | commit | deployment |
            |---|---|---|
            | backend | [1a2b3c4](https://github.com/acme/inspector/commit/%s) | d-1 |

            Since 2026-11-28T12:00:00Z.

            ## Incident

            production  open since 2026-11-28T12:00:00Z  https://github.example/issues/7
            - 2026-11-28T12:00:00Z backend is down\
            """
                .formatted(REVISION));
  }

  @Test
  void saysTheSameAsJson() throws IOException {
    JsonNode json =
        OutputSchema.checked("monitor-report", JSON.writeValueAsString(report().object()));

    assertThat(json.at("/services/0/commit").asText()).isEqualTo(REVISION);
    assertThat(json.at("/checks/0/state").asText()).isEqualTo("down");
    assertThat(json.at("/incident/url").asText()).isEqualTo("https://github.example/issues/7");
  }

  @Test
  void saysThatNothingIsKnown() throws IOException {
    MonitorReport empty =
        new MonitorReport(
            PROJECT,
            "production",
            NOON,
            new MonitorClient.Standing(false, null, null),
            null,
            null,
            null);

    OutputSchema.checked("monitor-report", JSON.writeValueAsString(empty.object()));
    assertThat(empty.lines())
        .contains(
            "# production of inspector: not looked at",
            "Written at 2026-11-28T12:00:00Z. It is not monitored.",
            "Nothing is on record.",
            "None is known.");
  }

  private static MonitorReport report() {
    Look bad = new Look(State.DOWN, "2xx", "|503|", NOON, Duration.ZERO);
    Standing down =
        new Standing(
            "backend", "backend", State.DOWN, "expected 2xx, got |503|", NOON, 0, 3, 9, bad, bad);
    LiveSet live =
        new LiveSet(
            REVISION,
            null,
            NOON,
            List.of(new ServiceDeployment("backend", "d-1", REVISION, true, NOON)));
    return new MonitorReport(
        PROJECT,
        "production",
        NOON,
        new MonitorClient.Standing(
            false,
            new MonitorOrder(
                "inspector", "production", new ClockTimes("0 * * * *", "UTC"), NOON, null),
            NOON),
        new MonitorState(NOON, List.of(down), true, 1, 9, null, null, true, null, null),
        ledger(live),
        new Known(incident(down), true));
  }

  private static LedgerStatus ledger(LiveSet live) {
    return new LedgerStatus(
        "production", live, null, null, null, null, null, 0, null, 0, null, null, null);
  }

  private static IncidentState incident(Standing down) {
    return WireFormat.mapper()
        .convertValue(
            Map.of(
                "project",
                "inspector",
                "environment",
                "production",
                "openedAt",
                NOON,
                "worst",
                List.of(down),
                "timeline",
                List.of(new IncidentState.Entry(NOON, "backend is down")),
                "issue",
                7,
                "url",
                "https://github.example/issues/7"),
            IncidentState.class);
  }
}
