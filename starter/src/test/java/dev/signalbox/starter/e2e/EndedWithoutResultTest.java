package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.starter.cli.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndedWithoutResultTest {
  @TempDir Path directory;

  @Test
  void whySaysWhatATerminatedRunWasAndWhatRunsNow() throws IOException {
    try (House house = House.at(directory).open()) {
      String revision = house.releaseOnStaging();
      String id = house.promote();
      house.awaitApproval(id);

      house.temporal().newUntypedWorkflowStub(id).terminate("by hand");

      Terminal terminal = house.terminal();
      assertThat(terminal.run("why", id)).isZero();
      assertThat(terminal.out())
          .contains(id + "  terminated")
          .contains("terminated at 20")
          .contains("in stage approval")
          .contains("production: nothing is recorded as live")
          .contains("signalbox promote production --commit " + revision)
          .doesNotContain("\tat ")
          .doesNotContain("Exception");
      assertThat(terminal.run("why", id, "--output", "json")).isZero();
      JsonNode why = new ObjectMapper().readTree(terminal.out());
      assertThat(why.get("state").asText()).isEqualTo("terminated");
      assertThat(why.at("/ended/at").asText()).startsWith("20");
      assertThat(terminal.run("list")).isZero();
      assertThat(terminal.out()).contains("terminated  " + id);
    }
  }
}
