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
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {
  @TempDir Path directory;

  @Test
  void saysWhetherTheFormerSetCanComeBack() throws IOException {
    try (House house = House.at(directory).open()) {
      assertThat(verdict(house)).isEqualTo("unknown");

      house.releaseOnStaging();
      assertThat(house.promoteAndApprove(House.PRODUCTION).result()).isEqualTo(Result.LIVE);
      assertThat(verdict(house)).isEqualTo("instant");
      Terminal terminal = house.terminal();
      assertThat(terminal.run("status")).isZero();
      assertThat(terminal.out()).contains(" since ").doesNotContainPattern("\\.\\d+Z");

      house.sandbox().faults().add(Rule.of("*", Fault.ERRORS).at("railway").times(0));
      assertThat(verdict(house)).isEqualTo("unknown");
      house.sandbox().faults().clear();

      house.sandbox().clock().advance(Duration.ofHours(121));
      assertThat(verdict(house)).isEqualTo("rebuildOnly");
    }
  }

  @Test
  void saysThatItOnlyGoesForwardAfterARollback() throws IOException {
    try (House house = House.at(directory).open()) {
      house.releaseOnStaging();
      house.promoteAndApprove(House.PRODUCTION);
      house.rollBack(House.PRODUCTION);

      assertThat(verdict(house)).isEqualTo("forwardOnly");
    }
  }

  @Test
  void namesWhatSomebodyElseHasDeployedSince() throws IOException {
    try (House house = House.at(directory).open()) {
      assertThat(house.promoteAndApprove(House.PRODUCTION).result()).isEqualTo(Result.LIVE);
      assertThat(production(house).get("foreign")).isEmpty();
      String older = house.releaseOnStaging();
      String newer = house.releaseOnStaging();
      house.sandbox().railway().deploy(House.PRODUCTION, "frontend", newer);
      Eventually.that("frontend runs it", () -> runs(house, "frontend", newer));

      Terminal terminal = house.terminal();
      assertThat(terminal.run("status", House.PRODUCTION)).isZero();
      assertThat(terminal.out())
          .contains(
              "  but frontend runs " + newer.substring(0, 7) + ", deployed by somebody else\n");
      JsonNode foreign = production(house).get("foreign");
      assertThat(foreign).hasSize(1);
      assertThat(foreign.at("/0/service").asText()).isEqualTo("frontend");
      assertThat(foreign.at("/0/revision").asText()).isEqualTo(newer);

      assertThat(terminal.run("plan", House.PRODUCTION, "--commit", older)).isEqualTo(1);
      assertThat(terminal.out())
          .contains("it may not move, and waiting does not help: ", "not-older");
      assertThat(terminal.out()).contains("and that is newer than this commit");

      house.sandbox().faults().add(Rule.of("*", Fault.ERRORS).at("railway").times(0));
      assertThat(production(house).get("foreign").isNull()).isTrue();
      assertThat(terminal.run("status", House.PRODUCTION)).isZero();
      assertThat(terminal.out()).contains("not known whether somebody else has deployed since");
    }
  }

  private static boolean runs(House house, String service, String commit) {
    return house
        .sandbox()
        .railway()
        .active(House.PRODUCTION, service)
        .filter(active -> commit.equals(active.commit()))
        .isPresent();
  }

  private static String verdict(House house) throws IOException {
    return production(house).at("/rollback/verdict").asText();
  }

  private static JsonNode production(House house) throws IOException {
    Terminal terminal = house.terminal();
    assertThat(terminal.run("status", House.PRODUCTION, "--output", "json")).isZero();
    return new ObjectMapper().readTree(terminal.out()).at("/environments/0");
  }
}
