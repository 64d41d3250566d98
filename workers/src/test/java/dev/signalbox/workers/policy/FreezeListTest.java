package dev.signalbox.workers.policy;

import static dev.signalbox.workers.policy.PipelineText.LEAST;
import static dev.signalbox.workers.policy.PipelineText.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.policy.Calendar;
import dev.signalbox.workflows.policy.Freeze;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When an environment may not be changed, as the file says it. */
class FreezeListTest {
  private static final Freeze WEEKEND =
      new Freeze("Fri 16:00", "Mon 08:00", "Europe/Berlin", "weekend");
  private static final Freeze HOLIDAYS =
      new Freeze("2026-12-24T00:00", "2026-12-27T00:00", "UTC", null);

  @Test
  void joinsThoseOfTheProjectAndOfTheEnvironment() {
    PipelineFile file =
        PipelineFile.parse(
                "signalbox.toml",
                LEAST.replace(
                        "railway = \"0f0c\"\n",
                        "railway = \"0f0c\"\nfreeze = [ { from = \"2026-12-24T00:00\","
                            + " to = \"2026-12-27T00:00\", zone = \"UTC\" } ]\n")
                    + """
                    freeze = [ { from = "Fri 16:00", to = "Mon 08:00", zone = "Europe/Berlin", \
                    reason = "weekend" } ]
                    override = ["managers"]
                    [environments.staging]
                    branch = "staging"
                    [people.managers]
                    ana = {}
                    """)
            .orThrow();

    assertThat(file.pipeline("production").environment().calendar())
        .isEqualTo(new Calendar(List.of(HOLIDAYS, WEEKEND), List.of("managers")));
    assertThat(file.pipeline("staging").environment().calendar())
        .isEqualTo(new Calendar(List.of(HOLIDAYS), null));
  }

  @Test
  void namesEachMistakeWithItsPlace() {
    String text =
        problems(
            LEAST
                + """
                freeze = [
                  { from = "Fri 16:00", to = "Mon 8 o'clock", zone = "UTC" },
                  { from = "Fri 16:00", zone = "Europe/Berlim" },
                  "weekend",
                ]
                override = ["managers"]
                """);

    assertThat(text.lines())
        .containsExactlyInAnyOrder(
            "signalbox.toml:9:25: environments.production.freeze.to: found \"Mon 8 o'clock\";"
                + " allowed: a day and a time too: \"Mon 08:00\"",
            "signalbox.toml:9:62: environments.production.freeze.to: is missing;"
                + " allowed: \"Mon 08:00\" or \"2026-12-27T08:00\"",
            "signalbox.toml:10:50: environments.production.freeze: found \"weekend\"; allowed:"
                + " { from = \"Fri 16:00\", to = \"Mon 08:00\", zone = \"Europe/Berlin\","
                + " reason = \"weekend\" }",
            "signalbox.toml:13:1: environments.production.override: found \"managers\","
                + " which is no group of [people]; there is none");
  }
}
