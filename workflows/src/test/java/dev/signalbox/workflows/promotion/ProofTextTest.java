package dev.signalbox.workflows.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Run;
import dev.signalbox.workflows.health.Proof;
import dev.signalbox.workflows.health.Proof.Service;
import dev.signalbox.workflows.health.Proof.Strength;
import dev.signalbox.workflows.health.Proof.Watched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofTextTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00.123456789Z");

  private static Run run(Reading reading, String got, int count) {
    return new Run("web", reading, "200", got, NOW, NOW, count);
  }

  private static String text(List<Service> services, Watched... watched) {
    return new ProofText(new Proof(services, List.of(watched))).markdown();
  }

  @Test
  void saysWhatProvedEachServiceAndShowsEverySample() {
    String text =
        text(
            List.of(new Service("web", "d-1", "https://web", Strength.HEALTH, "answers well")),
            new Watched(
                "verify",
                4,
                List.of(run(Reading.EARLIER, "old", 1), run(Reading.GOOD, "200", 3)),
                0));

    assertThat(text)
        .contains("| web | health | answers well |")
        .contains("<summary>All 4 samples</summary>")
        .contains(
            "| verify | web | earlier | 1 | 2026-11-02T10:00:00.123Z | 2026-11-02T10:00:00.123Z |"
                + " 200 | old |")
        .contains("| verify | web | good | 3 |");
  }

  @Test
  void keepsTheWordsOfServicesInTheirCells() {
    String text =
        text(
            List.of(),
            new Watched(
                "soak",
                1,
                List.of(run(Reading.BAD, "a | b </details> \\| <b>\n| forged |", 1)),
                0));

    assertThat(text.lines().filter(line -> line.contains("forged")))
        .singleElement()
        .asString()
        .endsWith("| a \\| b \\</details> \\\\\\| \\<b> \\| forged \\| |");
  }

  @Test
  void showsTheLastOfTooManyLinesAndSaysSo() {
    List<Run> many = new ArrayList<>(Collections.nCopies(200, run(Reading.GOOD, "200", 1)));
    many.add(run(Reading.BAD, "the decisive one", 1));

    String text = text(List.of(), new Watched("soak", 201, many, 0));

    assertThat(text).contains("lines left out here", "the decisive one");
    assertThat(text.lines()).hasSizeLessThan(100);
  }

  @Test
  void isEmptyWhereNothingWasSeen() {
    assertThat(text(List.of())).isEmpty();
  }
}
