package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.deploy.RailwayStage;
import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the pull request says at each stage, while people decide by it. */
class PullBodyTest {
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final String ID = OnePromotion.id();

  @Test
  void isCurrentWhenPeopleAreAskedAndAfterTheyDecidedAndLeftAloneInBetween() {
    try (WholeHouse house =
        new WholeHouse(
            aPipeline()
                .requiring("ci", "lint")
                .trusting("cli", "temporal-ui")
                .approvedByReleasers(1))) {
      List<String> bodies = house.github().bodies;
      house.order(Kind.FREEZE, "ana", "we look at the numbers");
      house.look(aLook().withLive(RailwayStage.GOOD).withRunningCheck("ci"));
      house.promote();
      house.until(
          STEP,
          () -> house.at(ID).unmet().stream().anyMatch(unmet -> unmet.condition().contains("ci")));
      house.look(aLook().withLive(RailwayStage.GOOD).withCheck("ci", "success"));
      hint(house, "one");
      house.until(STEP, () -> !bodies.isEmpty());
      assertThat(bodies).last().asString().contains("State: **waiting**", "lint");

      house.look(
          aLook()
              .withLive(RailwayStage.GOOD)
              .withCheck("ci", "success")
              .withCheck("lint", "success"));
      hint(house, "two");
      house.asked(ID, STEP);
      int told = bodies.size();

      assertThat(house.notices())
          .filteredOn(notice -> notice.event() == Event.APPROVAL_WANTED)
          .singleElement()
          .extracting(notice -> notice.pullBody())
          .asString()
          .contains(
              "State: **waiting for approval**", "- [x] checks", "- [ ] approval: by ana, ben");
      house.pass(Duration.ofDays(1));
      assertThat(bodies).hasSize(told);

      house.approve(ID);
      house.until(STEP, () -> bodies.size() > told);

      assertThat(bodies)
          .last()
          .asString()
          .contains("State: **waiting for the environment to open**", "- [x] approval: by ana");
    }
  }

  @Test
  void isWrittenOnceWhereNothingIsWaitedForBeforePeopleAreAsked() {
    try (WholeHouse house =
        new WholeHouse(aPipeline().trusting("cli", "temporal-ui").approvedByReleasers(1))) {
      house.look(aLook().withLive(RailwayStage.GOOD));
      house.promote();
      house.asked(ID, STEP);

      assertThat(house.github().openedWith).contains("State: **waiting for approval**");
      assertThat(house.notices())
          .filteredOn(notice -> notice.event() == Event.APPROVAL_WANTED)
          .singleElement()
          .matches(notice -> notice.pullBody() == null, "brings no other body");
    }
  }

  private static void hint(WholeHouse house, String delivery) {
    house.signal(ID, "hint", new Hint("github", delivery, "check_run", null));
  }
}
