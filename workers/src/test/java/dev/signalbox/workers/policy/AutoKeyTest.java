package dev.signalbox.workers.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workers.config.Problem;
import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.policy.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoKeyTest {
  @Test
  void saysWhatStartsAPromotion() {
    assertThat(read("auto = { on = [\"push\", \"tag\"], tag = \"release-*\" }").orThrow().auto("e"))
        .isEqualTo(new Auto(List.of(Auto.On.PUSH, Auto.On.TAG), "release-*"));
    assertThat(read("").orThrow().auto("e").on()).isEmpty();
  }

  @Test
  void saysWhichPullRequestsFilesAndTimesCount() {
    assertThat(
            read("auto = { on = [\"label\", \"window\"], label = \"ship it\", paths ="
                    + " [\"backend/**\"], head = [\"release/*\"], window = [{ from = \"Tue"
                    + " 10:00\", to = \"Tue 16:00\", zone = \"Europe/Berlin\" }] }")
                .orThrow()
                .auto("e"))
        .isEqualTo(
            new Auto(
                List.of(Auto.On.LABEL, Auto.On.WINDOW),
                null,
                "ship it",
                List.of(new Window("Tue 10:00", "Tue 16:00", "Europe/Berlin")),
                List.of("backend/**"),
                List.of("release/*")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          on = ["merge"]                                   | auto.on: found "merge"; allowed: "push", "tag", "label" and "window"
          on = ["push"], label = "ship"                    | auto.label: nothing here asks for it; add "label" to `on`
          on = ["tag"], head = ["x"]                       | auto.head: nothing here asks for it; add "push" or "label" to `on`
          on = ["window"]                                  | auto: found no `window`, and `on` has "window"
          on = ["push"], paths = ["/backend"]              | auto.paths: found "/backend"; allowed: paths in the repository
          on = ["push"], head = ["a b"]                    | auto.head: found "a b"; allowed: patterns of branches
          on = ["window"], window = ["Tue 10:00"]          | auto.window: found "Tue 10:00"; allowed: { from =
          on = ["window"], window = [{ from = "10:00", to = "16:00", zone = "UTC" }] | auto.window.from: found "10:00"; allowed: "Fri 16:00" (every week)
          """)
  void namesWhatNothingActsOn(String keys, String mistake) {
    assertThat(mistakes("auto = { " + keys + " }"))
        .singleElement()
        .asString()
        .startsWith("signalbox.toml:8:")
        .contains(mistake);
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
