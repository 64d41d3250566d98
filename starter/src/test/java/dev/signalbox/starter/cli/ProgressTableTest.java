package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.release.Step;
import dev.signalbox.workflows.release.Step.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTableTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final String ID = "promotion/inspector/production/" + "1a2b3c4d5e".repeat(4);

  private final ProgressTable table = new ProgressTable(false);

  @Test
  void showsStatesAndTimesAndWhatIsWaitedFor() {
    List<Step> steps =
        List.of(
            ended("resolve", null, State.DONE, 2, "inspector"),
            ended("deploy", "backend", State.FAILED, 187, "ended FAILED"),
            running("deploy", "frontend", 75, null));

    List<String> lines = lines(status("gates", waiting("checks", "python-ci")), steps, 24, 80);

    assertThat(lines)
        .containsExactly(
            "inspector/production/1a2b3c4  gates  1m30s",
            "✓ resolve            2.0s  inspector",
            "✗ deploy backend    3m07s  ended FAILED",
            "● deploy frontend   1m15s",
            "  checks: python-ci has not reported (GitHub)");
  }

  @ParameterizedTest
  @CsvSource({"24,80", "15,40", "10,20", "5,10", "3,3", "1,1"})
  void neverLeavesItsWindow(int rows, int columns) {
    List<Step> steps = new ArrayList<>();
    for (int number = 0; number < 30; number++) {
      steps.add(
          running(
              "deploy", "サービス-with-a-very-long-name-" + number, number, "\u001b[2J部署".repeat(20)));
    }

    List<String> lines =
        lines(status("gates", waiting("checks", "x".repeat(200))), steps, rows, columns);

    assertThat(lines).hasSizeLessThanOrEqualTo(Math.max(2, rows - 1));
    assertThat(lines).allMatch(line -> Columns.width(line) <= Math.max(3, columns));
    assertThat(String.join("", lines)).doesNotContain("\u001b");
  }

  @Test
  void saysWhoIsSilentBeforeWhatElseIsWaitedFor() {
    Unmet silence = new Unmet("GitHub: no answer since noon", "GitHub", null);

    List<String> lines =
        table.lines(
            status("gates", waiting("checks", "python-ci")),
            List.of(),
            List.of(silence),
            Duration.ofSeconds(90),
            NOW,
            new ScreenSize(24, 80));

    assertThat(lines)
        .containsExactly(
            "inspector/production/1a2b3c4  gates  1m30s",
            "  waits for GitHub: no answer since noon (GitHub)",
            "  checks: python-ci has not reported (GitHub)");
  }

  @Test
  void keepsTheNewestStepsWhereThereIsNoRoom() {
    List<Step> steps = new ArrayList<>();
    for (int number = 0; number < 30; number++) {
      steps.add(ended("step" + number, null, State.DONE, 1, null));
    }

    List<String> lines = lines(status("deploying"), steps, 10, 60);

    assertThat(lines).hasSize(9).last().asString().contains("step29");
    assertThat(lines.get(1)).isEqualTo("  … 23 earlier steps");
  }

  @Test
  void writesTimesAsShortAsTheyCanBeRead() {
    assertThat(List.of(0.0, 9.94, 59.0, 60.0, 3599.0, 7500.0, 273_600.0))
        .extracting(ProgressTable::time)
        .containsExactly("0.0s", "9.9s", "59s", "1m00s", "59m59s", "2h05m", "3d04h");
  }

  private List<String> lines(PromotionStatus status, List<Step> steps, int rows, int columns) {
    return table.lines(
        status, steps, List.of(), Duration.ofSeconds(90), NOW, new ScreenSize(rows, columns));
  }

  private static PromotionStatus status(String state, GateResult... gates) {
    return new PromotionStatus(
        ID, state, null, null, null, null, null, null, null, List.of(gates), null, null, null);
  }

  private static GateResult waiting(String name, String what) {
    return GateResult.waiting(name, what + " has not reported", null, "GitHub");
  }

  private static Step ended(String name, String service, State state, long took, String detail) {
    return new Step(name, service, state, detail, NOW.minusSeconds(took), NOW);
  }

  private static Step running(String name, String service, long since, String detail) {
    return new Step(name, service, State.RUNNING, detail, NOW.minusSeconds(since), null);
  }
}
