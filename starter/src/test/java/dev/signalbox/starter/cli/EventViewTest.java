package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.release.Step;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventViewTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Instant now = NOON;

  @Test
  void saysEveryMinuteThatAStepRunsOn() {
    EventView view = view(OutputForm.text);
    Step soak = new Step("soak", null, Step.State.RUNNING, null, NOON, null);

    for (int second = 0; second <= 150; second += 5) {
      now = NOON.plusSeconds(second);
      view.show(null, List.of(soak));
    }
    now = NOON.plusSeconds(155);
    view.show(null, List.of(new Step("soak", null, Step.State.DONE, "good", NOON, now)));

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "0.0s  soak  running",
            "60.0s  soak  running  for 1m00s",
            "120.0s  soak  running  for 2m00s",
            "155.0s  soak  done  good");
  }

  @Test
  void tellsProgramsOfChangesOnlyAndPeopleNothingOfWhatWaits() {
    Step waiting = new Step("approval", null, Step.State.WAITING, "ana", NOON, null);
    Step running = new Step("soak", null, Step.State.RUNNING, null, NOON, null);
    EventView people = view(OutputForm.text);
    EventView programs = view(OutputForm.json);
    people.show(null, List.of(waiting));
    programs.show(null, List.of(running));
    out.reset();

    now = NOON.plus(Duration.ofHours(1));
    people.show(null, List.of(waiting));
    programs.show(null, List.of(running));

    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void saysOnceWhoIsSilentAndWhenThatIsOver() {
    EventView view = view(OutputForm.text);
    Unmet silence = new Unmet("Railway: no answer since noon", "Railway", null);

    view.silences(List.of(silence));
    now = NOON.plusSeconds(3);
    view.silences(List.of(silence));
    now = NOON.plusSeconds(6);
    view.silences(List.of());

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "0.0s  waits for Railway: no answer since noon", "6.0s  no longer waits for Railway");
  }

  @Test
  void tellsProgramsOfASilenceAsASchemaSays() throws IOException {
    EventView view = view(OutputForm.json);

    view.silences(List.of(new Unmet("Railway: no answer since noon", "Railway", null)));
    view.silences(List.of());

    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines)
        .containsExactly(
            "{\"at\":\"2026-11-20T12:00:00Z\",\"id\":\"promotion/a\",\"event\":\"silence\","
                + "\"system\":\"Railway\",\"state\":\"silent\","
                + "\"detail\":\"Railway: no answer since noon\"}",
            "{\"at\":\"2026-11-20T12:00:00Z\",\"id\":\"promotion/a\",\"event\":\"silence\","
                + "\"system\":\"Railway\",\"state\":\"over\"}");
    for (String line : lines) {
      OutputSchema.checked("wait", line);
    }
  }

  private EventView view(OutputForm form) {
    PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8);
    Surroundings surroundings =
        new Surroundings(
            Map.of(),
            Path.of(""),
            lines,
            lines,
            new ByteArrayInputStream(new byte[0]),
            false,
            false,
            NOON);
    return new EventView("promotion/a", new Printer(surroundings, form), () -> now);
  }
}
