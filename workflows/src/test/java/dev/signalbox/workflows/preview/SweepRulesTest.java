package dev.signalbox.workflows.preview;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.policy.PreviewPolicy;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.policy.PreviewUpkeep;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import dev.signalbox.workflows.preview.Slots.Turn;
import dev.signalbox.workflows.preview.SurveyActivities.Found;
import dev.signalbox.workflows.preview.SurveyActivities.Seen;
import dev.signalbox.workflows.preview.SurveyActivities.Survey;
import dev.signalbox.workflows.preview.SweepReport.Deed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Environments without a mark: whose they are. */
class SweepRulesTest {
  private static final String HEAD = "a".repeat(40);
  private static final Instant LET = Instant.parse("2026-11-28T12:00:00Z");

  @Test
  void handsARunThatRestsTheEnvironmentThatAnEarlierOneWasLetMake() {
    Deed deed = sweep(LET.plusSeconds(2), true).deeds().get(0);

    assertThat(deed.environmentId()).isEqualTo("e-7");
    assertThat(deed.let()).isEqualTo(LET);
    assertThat(deed.room()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT1S", "PT11M"})
  void takesNoneThatWasNotCreatedWhenItWasLetBe(Duration after) {
    assertThat(sweep(LET.plus(after), true).foreign()).containsExactly("pr-7");
    assertThat(sweep(LET.plus(after), true).deeds()).isEmpty();
  }

  @Test
  void takesNoneThatIsNotAsWeMakeThem() {
    assertThat(sweep(LET.plusSeconds(2), false).foreign()).containsExactly("pr-7");
  }

  @Test
  void tellsARunOfTheEnvironmentThatRailwayHasMadeBesideOurs() {
    Found ours = new Found(7, "e-7", "pr-7", true, LET);
    Found railways = new Found(7, "e-9", "inspector-pr-7", false, LET, false, true);
    Seen run = new Seen(7, true, Stage.READY, "e-7", HEAD, false, null);

    assertThat(sweep(List.of(ours, railways), run).deeds())
        .singleElement()
        .satisfies(deed -> assertThat(deed.twice()).isTrue());
    assertThat(sweep(List.of(ours), run).deeds()).isEmpty();
  }

  @Test
  void removesAsManyIdleOnesAsALoweredLimitWantsAtOnce() {
    assertThat(sweepFull(2, List.of(Stage.READY, Stage.READY, Stage.FAILED, Stage.READY)))
        .containsExactly("removed 1", "removed 2", "removed 3");
  }

  @Test
  void removesNoSecondOneWhileOneGoesAlready() {
    assertThat(sweepFull(2, List.of(Stage.STUCK, Stage.READY))).isEmpty();
    assertThat(sweepFull(2, List.of(Stage.READY, Stage.READY))).containsExactly("removed 1");
  }

  /** One more waits where idle ones are removed; these are there, the first idle for longest. */
  private static List<String> sweepFull(int limit, List<Stage> there) {
    List<Found> environments = new ArrayList<>();
    List<Seen> runs = new ArrayList<>();
    for (int number = 1; number <= there.size(); number++) {
      PreviewUse use = PreviewUse.NONE.activeAt(LET.plusSeconds(number));
      environments.add(new Found(number, "e-" + number, "pr-" + number, true, LET));
      runs.add(new Seen(number, true, there.get(number - 1), "e-" + number, HEAD, false, use));
    }
    runs.add(new Seen(9, true, Stage.WAITING, null, HEAD, false, null));
    PreviewUpkeep upkeep =
        new PreviewUpkeep(null, null, limit, PreviewUpkeep.WhenFull.REMOVE_IDLE, null, null);
    return sweep(upkeep, environments, runs).deeds().stream()
        .map(deed -> deed.kind().word() + " " + deed.number())
        .toList();
  }

  private static SweepReport sweep(Instant created, boolean bare) {
    return sweep(
        List.of(new Found(7, "e-7", "pr-7", false, created, bare)),
        new Seen(7, true, Stage.REFUSED, null, HEAD, false, null));
  }

  private static SweepReport sweep(List<Found> environments, Seen run) {
    return sweep(null, environments, List.of(run));
  }

  /** Of runs whose pull requests are all open. */
  private static SweepReport sweep(
      PreviewUpkeep upkeep, List<Found> environments, List<Seen> runs) {
    Survey survey =
        new Survey(runs.stream().map(run -> open(run.number())).toList(), environments, runs);
    PreviewSettings settings =
        new PreviewSettings(
            new PreviewPolicy("staging", List.of("staging"), "pr-{number}", null, null, upkeep),
            aPipeline().build(),
            null);
    Slots slots = new Slots(LET, null, List.of(new Turn(7, LET)));
    return new SweepRules(settings, survey, Map.of(), new SlotBook(slots))
        .report(LET.plus(Duration.ofHours(1)));
  }

  private static PullState open(int number) {
    return new PullState(
        number, true, false, false, HEAD, "feature", "staging", "acme/inspector", "ben");
  }
}
