package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.starter.cli.OutputSchema;
import dev.signalbox.starter.cli.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The environment of one pull request, from the command line. */
@Order(House.MIDDLING)
class PreviewTest {
  @TempDir Path directory;

  @Test
  void aPreviewIsMadeShownAndTakenAwayAndNeverTwice() throws IOException {
    try (House house =
        House.at(directory)
            .sandbox(plan -> plan.withTiming(plan.timing().creatingEvery(Duration.ZERO)))
            .open()) {
      Terminal terminal = house.terminal();
      int number = openPull(house);
      String commit = house.sandbox().repository().tip("feature").orElseThrow();
      house.sandbox().faults().add(Rule.of("environmentCreate", Fault.RESET_AFTER).times(1));

      assertThat(terminal.run("preview", "create", "pr-" + number, "--wait=60s"))
          .as(terminal.err())
          .isZero();
      String url = terminal.out().strip();
      assertThat(Addresses.get(url, "nobody")).contains(commit);
      assertThat(effects(house, "environmentCreate")).isEqualTo(1);

      assertThat(terminal.run("preview", "list", "--output", "json")).isZero();
      JsonNode shown = OutputSchema.checked("preview-list", terminal.out()).at("/previews/0");
      assertThat(shown.get("state").asText()).isEqualTo("ready");
      assertThat(shown.get("revision").asText()).isEqualTo(commit);
      assertThat(shown.at("/urls/frontend").asText()).isEqualTo(url);
      assertThat(house.github().get("/issues/" + number + "/comments")).contains(url);

      assertThat(terminal.run("logs", "pr-" + number, "--service", "backend"))
          .as(terminal.err())
          .isZero();
      assertThat(terminal.out()).isNotEmpty();

      String pushed = push(house, "newer");
      assertThat(terminal.run("wait", "pr-" + number, "--timeout", "60s"))
          .as(terminal.err())
          .isZero();
      assertThat(terminal.out().strip()).isEqualTo(url);
      assertThat(Addresses.get(url, "nobody")).contains(pushed);

      assertThat(terminal.run("preview", "create", "pr-" + number)).isZero();
      assertThat(terminal.out()).contains("is live and verified");

      assertThat(terminal.run("preview", "destroy", "#" + number, "--wait=60s"))
          .as(terminal.err())
          .isZero();
      assertThat(terminal.run("preview", "list")).isZero();
      assertThat(terminal.out()).isEqualTo("there are no previews\n");
      assertThat(effects(house, "environmentDelete")).isEqualTo(1);

      assertThat(terminal.run("preview", "sweep", "--output", "json")).as(terminal.err()).isZero();
      assertThat(OutputSchema.checked("preview-sweep", terminal.out()).get("mended")).isEmpty();
      pushed = push(house, "newest");
      assertThat(terminal.run("preview", "sweep")).isZero();
      assertThat(terminal.out()).contains("pr-" + number + "  begun  it has no preview");
      assertThat(terminal.run("wait", "pr-" + number, "--timeout", "60s")).isZero();
      assertThat(Addresses.get(terminal.out().strip(), "nobody")).contains(pushed);

      assertThat(terminal.run("preview", "create", "pr-99")).isEqualTo(1);
      assertThat(terminal.out()).startsWith("refused: no preview of #99");
    }
  }

  private static int openPull(House house) {
    var repository = house.sandbox().repository();
    repository.setBranch("feature", repository.tip("staging").orElseThrow());
    push(house, "new");
    return house.sandbox().github().openPull("feature", "staging", "A `feature`", "ben");
  }

  private static String push(House house, String text) {
    return house
        .sandbox()
        .pushRelease(
            "feature",
            Map.of("backend/feature.txt", text.getBytes(StandardCharsets.UTF_8)),
            "A feature");
  }

  private static long effects(House house, String operation) {
    return house.sandbox().journal().since(0).stream()
        .filter(entry -> entry.operation().equals(operation) && entry.changedState())
        .count();
  }
}
