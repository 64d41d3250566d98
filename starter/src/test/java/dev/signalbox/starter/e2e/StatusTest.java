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

  private static String verdict(House house) throws IOException {
    Terminal terminal = house.terminal();
    assertThat(terminal.run("status", "production", "--output", "json")).isZero();
    JsonNode status = new ObjectMapper().readTree(terminal.out());
    return status.at("/environments/0/rollback/verdict").asText();
  }
}
