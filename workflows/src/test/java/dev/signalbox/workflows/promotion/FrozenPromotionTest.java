package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import dev.signalbox.workflows.environment.OrderAnswer;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import dev.signalbox.workflows.policy.Freeze;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A promotion into an environment that is frozen for two days, or by somebody's order. */
@Execution(ExecutionMode.CONCURRENT)
class FrozenPromotionTest {
  private static final Duration MOMENT = Duration.ofMinutes(1);
  private static final String ID = OnePromotion.id();

  private final PipelineFixture pipeline =
      aPipeline().approvedByReleasers(1).trusting("temporal-ui", "cli");
  private final WholeHouse house = new WholeHouse(pipeline);
  private final Instant opens =
      house.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MINUTES);

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void isApprovedMeanwhileAndGoesOnByItselfWhenTheWindowEnds() {
    frozenUntilItOpens();
    house.promote();
    house.asked(ID, MOMENT);
    assertThat(house.at(ID).state()).isEqualTo("approval");

    house.approve(ID);
    house.pass(Duration.ofHours(40));

    PromotionStatus waiting = house.at(ID);
    assertThat(waiting.state()).isEqualTo("opening");
    assertThat(waiting.unmet())
        .singleElement()
        .satisfies(
            unmet -> {
              assertThat(unmet.condition()).startsWith("freeze: frozen ").contains("a launch");
              assertThat(unmet.owner()).isEqualTo("the calendar");
              assertThat(unmet.earliest()).isEqualTo(opens);
            });
    assertThat(house.status().holder()).as("nobody is kept from the environment").isNull();

    assertThat(house.promoted().result()).isEqualTo(Result.LIVE);
    assertThat(house.now()).isAfter(opens);
  }

  @Test
  void waitsForWhoOrderedAFreezeAndHearsWhenItIsLifted() {
    house.order(Kind.FREEZE, "ana", "we look at the numbers");
    house.promote();
    house.asked(ID, MOMENT);
    house.approve(ID);
    house.pass(Duration.ofDays(1));
    assertThat(house.at(ID).unmet())
        .containsExactly(
            new PromotionStatus.Unmet(
                "freeze: frozen by ana: we look at the numbers", "ana", null));

    assertThat(house.order(Kind.UNFREEZE, "carl", "why not").message())
        .contains("frozen by ana since", "only they and people of the groups");
    assertThat(house.order(Kind.UNFREEZE, "ana", "they are fine").counted()).isTrue();

    assertThat(house.promoted().result()).isEqualTo(Result.LIVE);
  }

  @Test
  void givesTheLeaseBackWhereTheFreezeHasBegunBeforeTheDeed() {
    PipelineFixture free = aPipeline().trusting("cli");
    house.policy(free);
    house.meanwhile(look -> free.frozen(launch()));

    house.promote();
    house.pass(Duration.ofHours(40));

    assertThat(house.at(ID).state()).isEqualTo("opening");
    assertThat(house.status().holder()).isNull();
    assertThat(house.at(ID).steps())
        .filteredOn(step -> step.name().equals("reread"))
        .extracting(Step::detail)
        .singleElement()
        .asString()
        .startsWith("gate freeze waits again: frozen");
    assertThat(house.promoted().result()).isEqualTo(Result.LIVE);
    assertThat(house.now()).isAfter(opens);
  }

  @Test
  void passesWhereSomebodyWithTheRightOverridesItAndEverybodyIsTold() {
    frozenUntilItOpens();
    house.promote();
    house.asked(ID, MOMENT);
    house.approve(ID);

    OrderAnswer guest = house.override(ID, "carl", "I want it");
    OrderAnswer releaser = house.override(ID, "ben@example.com", "the shop is down");

    assertThat(guest.counted()).isFalse();
    assertThat(releaser.counted()).isTrue();
    assertThat(house.promoted().result()).isEqualTo(Result.LIVE);
    assertThat(house.now()).isBefore(opens);
    assertThat(house.notices())
        .filteredOn(notice -> notice.event() == Event.OVERRIDDEN)
        .extracting(Notice::markdown)
        .singleElement()
        .asString()
        .contains("ben let it pass: the shop is down");
    assertThat(house.status().standing().overrides()).as("it was for this run").isEmpty();
  }

  @Test
  void isNotLetPassAFreezeThatNobodyHasOrderedYet() {
    pipeline.frozen();
    house.promote();
    house.asked(ID, MOMENT);

    OrderAnswer early = house.override(ID, "ben", "just in case");
    house.order(Kind.FREEZE, "ana", "we look at the numbers");
    house.approve(ID);
    house.inState(ID, "opening", MOMENT);

    assertThat(early.message()).startsWith("nothing is frozen now");
    assertThat(house.at(ID).state()).isEqualTo("opening");
  }

  @Test
  void showsWhoLetItPassAndWhichFreezeOnRecord() {
    pipeline.frozen();
    house.promote();
    house.asked(ID, MOMENT);
    house.order(Kind.FREEZE, "ana", "we look at the numbers");
    house.override(ID, "ben", "the shop is down");
    house.pass(MOMENT);

    assertThat(WhyText.heading(house.at(ID)))
        .contains(
            "asked for by bob: a test",
            "passes freeze: frozen by ana: we look at the numbers; overridden by ben:"
                + " the shop is down");
    assertThat(house.status().history())
        .last()
        .satisfies(
            entry -> {
              assertThat(entry.id()).isEqualTo(ID);
              assertThat(entry.kind()).isEqualTo(HistoryEntry.Kind.OVERRODE);
              assertThat(entry.detail())
                  .startsWith("passes what is frozen by ana since ")
                  .endsWith(": the shop is down");
            });
  }

  private void frozenUntilItOpens() {
    pipeline.frozen(launch());
  }

  private Freeze launch() {
    return new Freeze(
        "2020-01-01T00:00",
        LocalDateTime.ofInstant(opens, ZoneOffset.UTC).toString(),
        "UTC",
        "a launch");
  }
}
