package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.starter.cli.Terminal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that the other side refuses is a mistake of the configuration, and named as one. */
class WrongTokenTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"GITHUB_TOKEN", "RAILWAY_API_TOKEN"})
  void planNamesTheVariableOfAWrongToken(String variable) {
    try (House house = House.at(directory).variable(variable, "wrong").open()) {
      Terminal terminal = house.terminal();

      assertThat(terminal.run("plan", "production")).as(terminal.err()).isEqualTo(2);
      assertThat(terminal.err())
          .contains("et " + variable + " ")
          .contains("start the worker again");
    }
  }

  @Test
  void promoteNamesTheVariableOfAWrongToken() {
    try (House house = House.at(directory).variable("GITHUB_TOKEN", "wrong").open()) {
      Terminal terminal = house.terminal();

      assertThat(terminal.run("promote", "production")).isEqualTo(2);
      assertThat(terminal.err()).contains("set GITHUB_TOKEN to a valid token");
    }
  }
}
