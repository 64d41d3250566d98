package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.railway.RailwayFailure.Line;
import dev.signalbox.workflows.railway.DeploymentFailure;
import dev.signalbox.workflows.railway.RailwayActivities.FailureQuery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(value = OnSandbox.LOG_OF_EVENTS, mode = ResourceAccessMode.READ)
class FailureReadingTest extends RailwayHouse {

  @Test
  void readsTheFailedStepAndBothLogsInOneRequest() {
    String id = failed();
    int before = seen().size();

    DeploymentFailure failure = railway.readFailure(new FailureQuery(PROJECT, "backend", id));

    assertThat(seen().stream().skip(before).map(entry -> entry.at()).distinct()).hasSize(1);
    assertThat(failure.service()).isEqualTo("backend");
    assertThat(failure.deploymentId()).isEqualTo(id);
    assertThat(failure.steps()).singleElement().asString().contains(":");
    assertThat(failure.buildLog()).isNotEmpty();
    assertThat(failure.unread()).isNull();
  }

  private String failed() {
    String unhealthy =
        sandbox.pushRelease(
            "unhealthy",
            Map.of("backend/sandbox.toml", "health = 503\n".getBytes(StandardCharsets.UTF_8)),
            "A release that is never healthy");
    String id = deploy("production", unhealthy);
    await(id);
    return id;
  }

  @Test
  void keepsTheEndOfALongLogAndSaysHowMuchIsMissing() {
    List<Line> log = new ArrayList<>();
    for (int number = 1; number <= 40; number++) {
      log.add(new Line("line " + number));
    }

    List<String> tail = FailureReading.tail(log, 40, 32, null);

    assertThat(tail)
        .containsExactly(
            "… 36 lines before this were left out", "line 37", "line 38", "line 39", "line 40");
  }

  @Test
  void keepsNoSecretAndNoEndlessLine() {
    List<String> tail =
        FailureReading.tail(
            List.of(new Line("DATABASE_URL=postgres://u:p@h/db"), new Line("word ".repeat(1_800))),
            50,
            8_000,
            null);

    assertThat(tail).hasSize(2);
    assertThat(tail.get(0)).doesNotContain("u:p");
    assertThat(tail.get(1)).hasSize(500).endsWith("…");
  }
}
