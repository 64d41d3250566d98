package dev.signalbox.workflows.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.policy.PreviewUpkeep.WhenFull;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import dev.signalbox.workflows.preview.SweepReport.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final String FIRST = "a".repeat(40);
  private static final String SECOND = "b".repeat(40);

  private final PreviewTown town = new PreviewTown();

  @AfterEach
  void close() {
    town.close();
  }

  @Test
  void beginsWhatNoWebhookBeganAndNeverTouchesWhatIsForeign() {
    town.becomes(open(7, FIRST));
    town.becomes(draft(8));
    town.railway().makesByHand("pr-9");

    SweepReport report = town.sweep();

    assertThat(report.open()).isEqualTo(1);
    assertThat(report.foreign()).containsExactly("pr-9");
    assertThat(report.deeds())
        .singleElement()
        .satisfies(deed -> assertThat(deed.kind()).isEqualTo(Kind.BEGUN));
    awaitLive(Map.of("pr-7", FIRST));
    assertThat(town.railway().foreign()).containsExactly("pr-9");
  }

  @Test
  void tellsARunOfAPushThatItDoesNotKnow() {
    living(7);
    town.becomes(open(7, SECOND));

    assertThat(town.sweep().deeds()).hasSize(1);

    awaitLive(Map.of("pr-7", SECOND));
  }

  @Test
  void hasAClosedOnesEnvironmentTakenAwayWhetherItsRunIsThereOrNot() {
    living(7);
    living(8);
    town.terminates(8);
    town.becomes(closed(7));
    town.becomes(closed(8));

    town.sweep();

    awaitLive(Map.of());
    assertThat(town.sweep().deeds()).isEmpty();
  }

  @Test
  void takesOnAnEnvironmentWhoseRunIsGone() {
    living(7);
    town.terminates(7);

    assertThat(town.sweep().deeds().get(0).why()).contains("nothing keeps its environment");

    awaitLive(Map.of("pr-7", FIRST));
    assertThat(town.railway().made()).isEqualTo(1);
  }

  @Test
  void takesOnWhatWasMadeAndNeverMarkedThoughItsRunIsGone() {
    madeUnmarked(7);

    assertThat(town.sweep().foreign()).isEmpty();

    awaitLive(Map.of("pr-7", FIRST));
    assertThat(town.railway().made()).isEqualTo(1);
  }

  @Test
  void removesWhatWasMadeAndNeverMarkedOfAClosedOneAndNothingThatNobodyWasLetMake() {
    town.railway().makesByHand("pr-8");
    madeUnmarked(7);
    town.becomes(closed(7));

    assertThat(town.sweep().foreign()).containsExactly("pr-8");

    town.awaits(
        () -> town.railway().foreign().equals(List.of("pr-8")) && town.railway().live().isEmpty());
    assertThat(town.railway().foreign()).containsExactly("pr-8");
    assertThat(town.railway().live()).isEmpty();
  }

  @Test
  void hasOneMadeAgainThatSomebodyRemovedAtRailway() {
    living(7);
    town.railway().removesByHand(7);

    assertThat(town.sweep().deeds().get(0).lost()).isNotNull();

    awaitLive(Map.of("pr-7", FIRST));
    assertThat(town.railway().made()).isEqualTo(2);
  }

  @Test
  void hasOneMadeAgainThatSomebodyRemovedAtRailwayWhileItWasDeployed() {
    town.railway().removesByHandWhileDeploying();
    town.becomes(open(7, FIRST));
    town.webhook(7, "opened-7", true);
    town.awaits(() -> town.comment(7) != null && town.comment(7).contains("what became of"));

    assertThat(town.sweep().deeds())
        .singleElement()
        .satisfies(deed -> assertThat(deed.lost()).isNotNull());

    awaitLive(Map.of("pr-7", FIRST));
    town.awaits(() -> town.comment(7).contains("live and verified"));
    assertThat(town.comment(7)).contains("live and verified");
    assertThat(town.railway().made()).isEqualTo(2);
  }

  @Test
  void letsOneThatSomebodyHadRemovedStayAwayUntilTheNextPush() {
    living(7);
    town.destroys(7);
    awaitLive(Map.of());

    assertThat(town.sweep().deeds()).isEmpty();
    town.becomes(open(7, SECOND));
    town.sweep();

    awaitLive(Map.of("pr-7", SECOND));
  }

  @Test
  void leavesAloneWhatIsAsItShouldBe() {
    living(7);

    SweepReport report = town.sweep();

    assertThat(report.deeds()).isEmpty();
    assertThat(report.there()).isEqualTo(1);
  }

  /** Each costs GitHub up to four writes of the 80 that it lets anybody make in a minute. */
  @Test
  void saysNothingOfManyBeforeTheirTurn() {
    Map<String, String> all = new TreeMap<>();
    for (int number = 1; number <= 8; number++) {
      town.becomes(open(number, FIRST));
      all.put("pr-" + number, FIRST);
    }

    town.sweep();
    awaitLive(all);

    assertThat(town.mostSaidInAMinute()).isLessThanOrEqualTo(6);
  }

  @Test
  void makesManyOneAfterTheOther() {
    for (int number = 1; number <= 3; number++) {
      town.becomes(open(number, FIRST));
    }

    town.sweep();
    awaitLive(Map.of("pr-1", FIRST, "pr-2", FIRST, "pr-3", FIRST));

    List<Instant> creations = town.railway().creations();
    for (int one = 1; one < creations.size(); one++) {
      assertThat(Duration.between(creations.get(one - 1), creations.get(one)))
          .isGreaterThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void letsOneWaitWhileThereAreAsManyAsThereMayBeAndMakesItOnceOneHasGone() {
    town.limits(1, WhenFull.WAIT);
    living(7);
    waiting(8);
    assertThat(town.comment(8)).contains("waits for room").contains("limit is 1");
    assertThat(town.sweep().deeds()).isEmpty();

    town.becomes(closed(7));
    town.sweep();

    awaitLive(Map.of("pr-8", FIRST));
  }

  @Test
  void keepsNoRoomForOneThatWentSoonAfterItWasMade() {
    town.limits(1, WhenFull.WAIT);
    living(7);
    town.becomes(closed(7));
    town.webhook(7, "closed-7", true);
    awaitLive(Map.of());

    living(8);

    assertThat(town.comment(8)).contains("live and verified");
  }

  @Test
  void removesTheOneInWhichNothingHasHappenedForLongestWhereThePolicySaysSo() {
    town.limits(2, WhenFull.REMOVE_IDLE);
    living(6);
    living(7);

    town.becomes(open(8, FIRST));
    town.webhook(8, "opened-8", true);

    awaitLive(Map.of("pr-7", FIRST, "pr-8", FIRST));
    assertThat(town.comment(6)).contains("it makes room for");
    assertThat(town.sweep().deeds()).isEmpty();
  }

  @Test
  void makesNothingForOneThatIsClosedWhileItWaitsForItsTurn() {
    living(6);
    for (int number = 7; number <= 9; number++) {
      town.becomes(open(number, FIRST));
      town.webhook(number, "opened-" + number, true);
    }
    town.becomes(closed(8));
    town.webhook(8, "closed-8", false);

    awaitLive(Map.of("pr-6", FIRST, "pr-7", FIRST, "pr-9", FIRST));
    assertThat(town.railway().made()).isEqualTo(3);
  }

  @Test
  void tellsBeforehandAndRemovesAnIdleOneWhoseTimeIsUp() {
    town.endsAfter(Duration.ofHours(40), null);
    living(7);
    town.passes(Duration.ofHours(31));

    assertThat(town.sweep().deeds().get(0).why()).isEqualTo("its time is up soon");
    town.awaits(() -> town.comment(7).contains("It goes on"));
    assertThat(town.sweep().deeds()).isEmpty();
    town.passes(Duration.ofHours(10));
    town.sweep();

    awaitLive(Map.of());
    town.awaits(() -> town.comment(7).contains("its time is up"));
    assertThat(town.comment(7)).contains("its time is up");
    assertThat(town.sweep().deeds()).isEmpty();
  }

  @Test
  void keepsOneThatIsPushedToAndNoneThatIsOlderThanItMayBe() {
    town.endsAfter(Duration.ofHours(40), Duration.ofHours(100));
    living(7);
    town.passes(Duration.ofHours(35));
    town.becomes(open(7, SECOND));
    town.sweep();
    awaitLive(Map.of("pr-7", SECOND));
    town.passes(Duration.ofHours(20));

    assertThat(town.sweep().deeds()).isEmpty();
    town.passes(Duration.ofHours(10));
    town.becomes(open(7, FIRST));
    town.sweep();
    awaitLive(Map.of("pr-7", FIRST));
    town.passes(Duration.ofHours(36));
    town.sweep();

    awaitLive(Map.of());
  }

  @Test
  void makesOneWhenThePullRequestHasTheLabelAndTakesItAwayWithTheLabel() {
    town.wantsLabel("preview");
    town.becomes(open(7, FIRST));
    town.becomes(labelled(draft(8), "bug", "Preview"));
    town.sweep();
    awaitLive(Map.of("pr-8", FIRST));

    town.becomes(labelled(draft(8), "bug"));
    town.webhook(8, "unlabeled-8", false);
    town.sweep();

    awaitLive(Map.of());
    town.awaits(() -> town.comment(8).contains("does not have the label preview"));
    assertThat(town.comment(8)).contains("does not have the label preview");
    assertThat(town.sweep().deeds()).isEmpty();
  }

  /** This one was answered that there is no room. */
  private void waiting(int number) {
    town.becomes(open(number, FIRST));
    town.webhook(number, "opened-" + number, true);
    town.awaits(() -> town.status(number).stage() == Stage.WAITING);
    town.awaits(() -> town.comment(number).contains("room"));
  }

  /** The environment of this one was made by a worker that died then, and its run is gone too. */
  private void madeUnmarked(int number) {
    town.railway().diesBeforeTheMark(number);
    town.becomes(open(number, FIRST));
    town.webhook(number, "opened-" + number, true);
    town.awaits(() -> town.railway().foreign().contains("pr-" + number));
    town.terminates(number);
  }

  /** The preview of this pull request is live before anything else. */
  private void living(int number) {
    town.becomes(open(number, FIRST));
    town.webhook(number, "opened-" + number, true);
    town.awaits(() -> FIRST.equals(town.railway().live().get("pr-" + number)));
    town.passes(Duration.ofMinutes(2));
  }

  private void awaitLive(Map<String, String> expected) {
    town.awaits(() -> expected.equals(town.railway().live()));
    assertThat(town.railway().live()).isEqualTo(expected);
  }

  private static PullState open(int number, String head) {
    return pull(number, true, false, head);
  }

  private static PullState closed(int number) {
    return pull(number, false, false, FIRST);
  }

  private static PullState draft(int number) {
    return pull(number, true, true, FIRST);
  }

  private static PullState labelled(PullState pull, String... labels) {
    return new PullState(
        pull.number(),
        pull.open(),
        pull.merged(),
        pull.draft(),
        pull.head(),
        pull.branch(),
        pull.base(),
        pull.headRepository(),
        pull.author(),
        List.of(labels));
  }

  private static PullState pull(int number, boolean open, boolean draft, String head) {
    return new PullState(
        number, open, false, draft, head, "feature", "staging", "acme/inspector", "ben");
  }
}
