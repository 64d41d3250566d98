package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.starter.cli.Terminal;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Railway is away while it deploys, for less than the time after which a person is asked. */
@Order(House.MIDDLING)
class SilenceTest {
  @TempDir Path directory;

  @Test
  void whySaysWhoIsSilentSinceWhenAndWhatHappensNext() throws IOException {
    try (House house = House.at(directory).open()) {
      house.releaseOnStaging(Map.of("backend/sandbox.toml", "build = \"10s\"\n"));
      String id = house.promote();
      house.approve(id);
      house.awaitCall(
          call ->
              call.operation().equals(House.DEPLOY)
                  && House.PRODUCTION.equals(call.target().environment()));

      goAway(house);
      awaitWhy(house, House.PRODUCTION, "waits for Railway: no answer since 20");
      Terminal terminal = house.terminal();
      assertThat(terminal.run("why", House.PRODUCTION)).isZero();
      assertThat(terminal.out())
          .contains("503")
          .containsPattern("asked again by itself, and a person from \\S+ on  \\(Railway\\)")
          .doesNotContain("it waits for nobody");
      assertThat(terminal.run("why", House.PRODUCTION, "--output", "json")).isZero();
      JsonNode unmet = new ObjectMapper().readTree(terminal.out()).at("/unmet/0");
      assertThat(unmet.get("owner").asText()).isEqualTo("Railway");

      house.sandbox().faults().clear();
      assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
      assertThat(terminal.run("why", id)).isZero();
      assertThat(terminal.out()).doesNotContain("no answer since");
    }
  }

  @Test
  void whySaysItOfAReadThatIsRepeated() {
    try (House house = House.at(directory).open()) {
      house.releaseOnStaging();
      house.promoteAndApprove(House.PRODUCTION);

      goAway(house);
      String id = house.client().rollback(House.PRODUCTION, null, "bob", "a test").id();
      awaitWhy(house, id, "waits for Railway: no answer since 20");

      house.sandbox().faults().clear();
      assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
    }
  }

  private static void goAway(House house) {
    house.sandbox().faults().add(Rule.of("*", Fault.SERVER_ERROR).at("railway").times(0));
  }

  private static void awaitWhy(House house, String run, String sentence) {
    Eventually.that(
        "why says: " + sentence,
        () -> {
          Terminal terminal = house.terminal();
          return terminal.run("why", run) == 0 && terminal.out().contains(sentence);
        });
  }
}
