package dev.signalbox.workflows.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.railway.DeploymentFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureTextTest {

  @Test
  void foldsTheLogsUnderTheStepThatFailed() {
    String text =
        FailureText.of(
            new DeploymentFailure(
                "backend",
                "d-1",
                List.of("HEALTHCHECK: no 200"),
                List.of("building", "done"),
                List.of(),
                null));

    assertThat(text)
        .contains("#### Why backend failed", "Deployment `d-1`", "- HEALTHCHECK: no 200")
        .contains("<summary>Build log, last 2 lines</summary>\n\n````\nbuilding\ndone\n````")
        .contains("Deploy log: empty");
  }

  @Test
  void keepsALogInsideItsFence() {
    String text =
        FailureText.of(
            new DeploymentFailure(
                "backend", "d-1", null, List.of("````", "# a headline"), null, null));

    assertThat(text.split("````", -1)).hasSize(3);
  }

  @Test
  void saysWhyNothingCouldBeRead() {
    assertThat(
            FailureText.of(
                new DeploymentFailure("backend", "d-1", null, null, null, "Railway is away")))
        .contains("could not be read: Railway is away")
        .doesNotContain("details");
  }
}
