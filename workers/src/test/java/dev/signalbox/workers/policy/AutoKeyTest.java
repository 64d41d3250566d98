package dev.signalbox.workers.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workers.config.Problem;
import dev.signalbox.workflows.policy.Auto;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoKeyTest {
  @Test
  void saysWhatStartsAPromotion() {
    assertThat(read("auto = { on = [\"push\", \"tag\"], tag = \"release-*\" }").orThrow().auto("e"))
        .isEqualTo(new Auto(List.of(Auto.On.PUSH, Auto.On.TAG), "release-*"));
    assertThat(read("").orThrow().auto("e").on()).isEmpty();
  }

  @Test
  void refusesWhatNothingActsOn() {
    assertThat(mistakes("auto = { on = [\"push\"], paths = [\"backend/**\"] }"))
        .singleElement()
        .asString()
        .contains("auto.paths", "not built yet");
    assertThat(mistakes("auto = { on = [\"label\"] }"))
        .singleElement()
        .asString()
        .contains("label");
  }

  @Test
  void refusesATriggerWhoseNewsWouldBeLost() {
    assertThat(mistakes("when_busy = \"refuse\"\nauto = { on = [\"push\"] }"))
        .singleElement()
        .asString()
        .contains("a push would be lost");
  }

  private static List<String> mistakes(String lines) {
    return read(lines).problems().stream().map(Problem::toString).toList();
  }

  private static PipelineFile.Reading read(String lines) {
    return PipelineFile.parse(
        "signalbox.toml",
        """
        [project]
        name = "inspector"
        github = "acme/inspector"
        railway = "r1"
        [services.web]
        [environments.e]
        branch = "main"
        """
            + lines);
  }
}
