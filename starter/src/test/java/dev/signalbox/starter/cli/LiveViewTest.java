package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private static final PromotionStatus STATUS =
      new PromotionStatus(
          "promotion/inspector/production/" + "a".repeat(40),
          "deploying",
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private ScreenSize window = new ScreenSize(24, 80);
  private final LiveView view =
      new LiveView(
          new PrintStream(screen, true, StandardCharsets.UTF_8),
          () -> window,
          new ProgressTable(true));

  @Test
  void drawsOverWhatItDrewBefore() {
    view.show(STATUS, steps(2));
    String second = shown(2);

    assertThat(second).startsWith("\r\u001b[3A").endsWith("\u001b[J");
  }

  @Test
  void writesAllAgainWhenTheWindowHasAnotherSize() {
    view.note("asked for it");
    view.show(STATUS, steps(2));
    window = new ScreenSize(15, 40);

    assertThat(shown(2)).startsWith("\u001b[H\u001b[2Jasked for it\n\u001b[1minspector");
    assertThat(shown(2)).startsWith("\r\u001b[3A");
  }

  @Test
  void leavesWhatIsSaidOnTheSideAboveTheTable() {
    view.show(STATUS, steps(1));
    screen.reset();
    view.aside("No answer at the moment");
    view.show(STATUS, steps(1));

    // And the table stands below it at once.
    assertThat(screen.toString(StandardCharsets.UTF_8))
        .startsWith("\r\u001b[2A\u001b[JNo answer at the moment\n\u001b[1minspector/")
        .contains("\n\r\u001b[2A")
        .doesNotContain("3A");
  }

  private String shown(int steps) {
    screen.reset();
    view.show(STATUS, steps(steps));
    return screen.toString(StandardCharsets.UTF_8);
  }

  private static List<Step> steps(int number) {
    Instant now = Instant.now();
    return List.of(
            new Step("gates", null, Step.State.DONE, null, now, now),
            new Step("deploy", "backend", Step.State.RUNNING, null, now, null))
        .subList(0, number);
  }
}
