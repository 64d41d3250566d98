package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.gate.GateResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateLinesTest {
  @Test
  void tellsOnceWhatStopsSeveralGates() {
    String renamed = "Railway: there is no environment named production";

    assertThat(
            GateLines.of(
                List.of(
                    GateResult.met("checks", "green"),
                    GateResult.met("reviewed", "green"),
                    GateResult.failed("auto-deploy", renamed, "operators"),
                    GateResult.failed("platform", renamed, "operators"))))
        .containsExactly(
            "met  checks  green",
            "met  reviewed  green",
            "failed  auto-deploy  " + renamed + "  (operators)",
            "failed  platform  for the same reason as auto-deploy  (operators)");
  }
}
