package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.starter.cli.Terminal;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How real processes go on until they are left: interrupted, or when their time is up. */
@Order(House.MIDDLING)
class LeavingTest {
  @TempDir Path directory;

  @Test
  void leavesARunWithItsIdWhenInterruptedOrWhenTheTimeIsUp() {
    try (House house = House.at(directory).open()) {
      String id = PromotionWorkflow.id(House.PROJECT, House.PRODUCTION, house.releaseOnStaging());
      Map<String, String> beside = new HashMap<>(house.environment());
      beside.put("SIGNALBOX_USER", "bob");
      Map<String, String> named = new HashMap<>(beside);
      named.put("TEMPORAL_ADDRESS", house.engineAddress());

      CommandProcess alone = CommandProcess.start(directory, beside, "promote production --wait");
      CommandProcess interrupted =
          CommandProcess.start(directory, named, "promote production --wait");

      interrupted.awaitText("asks approval").interrupt();
      assertThat(interrupted.end()).as(interrupted.said()).isEqualTo(130);
      assertThat(interrupted.said()).contains("Interrupted: the run goes on: " + id);
      // Nobody interrupts this one, so that it needs no process.
      Terminal patient = house.terminal().with("SIGNALBOX_USER", "bob");
      assertThat(patient.run("promote", "production", "--wait=2s")).as(patient.err()).isEqualTo(4);
      assertThat(patient.out()).contains("still under way: " + id);
      alone.awaitText("asks approval").interrupt();
      assertThat(alone.end()).as(alone.said()).isEqualTo(130);
      assertThat(alone.said())
          .contains("the engine was in this process, so this run ends here: " + id);
      assertThat(house.status(id).orElseThrow().result()).isNull();

      CommandProcess following = CommandProcess.start(directory, named, "logs staging --follow");
      following.awaitText("backend").interrupt();
      assertThat(following.end()).as(following.said()).isEqualTo(130);
      assertThat(following.said()).endsWith("\n").doesNotContain("Exception", "No answer");
    }
  }

  @Test
  void followsEveryLineHoweverFewItBeganWith() {
    try (House house = House.at(directory).open()) {
      Map<String, String> beside = new HashMap<>(house.environment());
      beside.put("TEMPORAL_ADDRESS", house.engineAddress());
      CommandProcess following =
          CommandProcess.start(
              directory, beside, "logs staging --service backend --lines 1 --follow");
      following.awaitText("Listening on port");

      List<String> asked = IntStream.rangeClosed(1, 8).mapToObj(n -> "/asked-" + n).toList();
      asked.forEach(
          path -> Addresses.get(house.sandbox().serviceUrl("staging", "backend") + path, ""));

      asked.forEach(following::awaitText);
      following.interrupt();
      assertThat(following.end()).as(following.said()).isEqualTo(130);
    }
  }
}
