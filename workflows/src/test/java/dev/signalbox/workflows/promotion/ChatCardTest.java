package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.CONTRACT;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.notify.Card;
import dev.signalbox.workflows.notify.NotifyActivities.CardOrder;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The approval card where people chat. */
@Execution(ExecutionMode.CONCURRENT)
class ChatCardTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private WholeHouse house = new WholeHouse(pipeline(1).tellingAtSlack("C024BE91L"));

  private static PipelineFixture pipeline(int required) {
    return aPipeline().approvedByReleasers(required).trusting("temporal-ui");
  }

  @AfterEach
  void close() {
    house.close();
  }

  private List<Card> cards() {
    return house.cards.stream().map(CardOrder::card).toList();
  }

  private static String text(Card card) {
    return card.parts().stream()
        .flatMap(part -> part.lines().stream())
        .map(line -> line.label() + " " + line.link() + " " + line.text())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void saysWhatShipsWhoMayApproveAndWhatEveryGateRead() {
    house.promote();
    house.asked(OnePromotion.id(), A_MINUTE);

    Card card = cards().get(0);
    assertThat(card.run()).isEqualTo(OnePromotion.id());
    assertThat(card.digest()).isEqualTo(house.at(OnePromotion.id()).digest());
    assertThat(card.open()).isTrue();
    assertThat(card.state()).contains("still wanted");
    assertThat(card.parts())
        .extracting(Card.Part::heading)
        .contains("Release", "Gates", "Way back", "May approve");
    assertThat(text(card)).contains("digest", "runs now", "ana", "/commit/");
  }

  @Test
  void isChangedInPlaceToTheVerdict() {
    house.promote();
    house.asked(OnePromotion.id(), A_MINUTE);

    house.say(OnePromotion.id(), "reject");

    assertThat(house.promoted().result()).isEqualTo(Result.REJECTED);
    CardOrder last = house.cards.get(house.cards.size() - 1);
    assertThat(last.card().state()).isEqualTo("rejected by ana: because");
    assertThat(last.card().open()).isFalse();
    assertThat(last.place()).as("the message that was posted").isEqualTo("1700000000.1");
    assertThat(house.cards).extracting(CardOrder::marker).containsOnly(last.marker());
  }

  @Test
  void asksForNothingAnyMoreWhenTheRunIsCancelled() {
    house.promote();
    house.asked(OnePromotion.id(), A_MINUTE);

    house.cancel(OnePromotion.id());

    assertThatThrownBy(house::promoted).hasMessageContaining("was cancelled");
    CardOrder last = house.cards.get(house.cards.size() - 1);
    assertThat(last.card().state()).startsWith("cancelled while it waited for approval");
    assertThat(last.card().open()).isFalse();
    assertThat(last.place()).as("the message that was posted").isEqualTo("1700000000.1");
  }

  @Test
  void saysWhoCancelledTheRun() {
    house.promote();
    house.asked(OnePromotion.id(), A_MINUTE);

    house.signal(
        OnePromotion.id(),
        "resolve",
        new AnswerMessage("cancel", "cancel", "ben", "wrong commit", "cli", null, null));
    house.cancel(OnePromotion.id());

    assertThatThrownBy(house::promoted).hasMessageContaining("was cancelled");
    assertThat(cards())
        .last()
        .extracting(Card::state)
        .isEqualTo(
            "cancelled by ben (cli) while it waited for approval: wrong commit; no answer is wanted"
                + " any more");
  }

  @Test
  void isOneOfItsOwnForWhatIsMigratedAfterTheSoak() {
    house.close();
    house =
        new WholeHouse(
            aPipeline().migrating(byDefault()).trusting("temporal-ui").tellingAtSlack("C024BE91L"));
    house.database().with(aSchema().with("r1", EXPAND).with("r2", CONTRACT));
    house.promote();
    house.pass(Duration.ofDays(1));
    house.approve(OnePromotion.id());

    assertThat(house.promoted().result()).isEqualTo(Result.LIVE);
    CardOrder last = house.cards.get(house.cards.size() - 1);
    assertThat(last.card().title()).contains("has soaked in production; now its database");
    assertThat(text(last.card())).contains("r2 null contract", "once this has run");
    assertThat(last.card().state()).isEqualTo("approved by ana");
    assertThat(last.marker()).endsWith(" approval-1");
    assertThat(house.notices())
        .filteredOn(notice -> notice.event() == Event.APPROVAL_WANTED)
        .isNotEmpty()
        .allMatch(Notice::carded);
  }

  @Test
  void isFollowedByOneOfAQuestionThatTheDeployAsks() {
    house.close();
    house =
        new WholeHouse(
            aPipeline().migrating(byDefault()).trusting("temporal-ui").tellingAtSlack("C024BE91L"));
    house.database().with(aSchema().with("r1", CONTRACT));
    house.promote();
    Ask approval = house.asked(OnePromotion.id(), Duration.ofDays(1));
    house.health().sickOnTheNewSchema = true;
    house.approve(OnePromotion.id());
    Ask question = house.asked(OnePromotion.id(), A_MINUTE, approval.id());

    assertThat(cards()).last().extracting(Card::ask).isEqualTo(question.id());
    house.resolve(OnePromotion.id(), "abandon");

    house.promoted();
    assertThat(cards()).last().extracting(Card::state).isEqualTo("answered abandon by ana: seen");
  }

  @Test
  void costsNothingWhileNobodyAnswers() {
    house.promote();
    house.asked(OnePromotion.id(), A_MINUTE);
    int shown = house.cards.size();

    house.pass(Duration.ofDays(1));

    assertThat(house.cards).hasSize(shown);
  }

  @Test
  void isTheOnlyWordAtChatOfWhatWaitsForAYes() {
    house.promote();
    house.asked(OnePromotion.id(), A_MINUTE);

    assertThat(house.notices())
        .filteredOn(notice -> notice.event() == Event.APPROVAL_WANTED)
        .isNotEmpty()
        .allMatch(Notice::carded);
  }

  @Test
  void stopsNothingWhenItCannotBeShown() {
    house.meanwhile(
        what -> {
          if (what.equals("card")) {
            throw ApplicationFailure.newNonRetryableFailure("not_in_channel", "Rejected");
          }
        });
    house.promote();
    house.asked(OnePromotion.id(), A_MINUTE);

    house.approve(OnePromotion.id());

    PromotionResult result = house.promoted();
    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.steps()).anyMatch(step -> step.name().equals("notice"));
  }

  @Test
  void isNotShownWhereNoChannelIsNamed() {
    house.close();
    house = new WholeHouse(pipeline(1));
    house.promote();
    house.asked(OnePromotion.id(), A_MINUTE);

    house.approve(OnePromotion.id());

    assertThat(house.promoted().result()).isEqualTo(Result.LIVE);
    assertThat(house.cards).isEmpty();
    assertThat(house.notices()).noneMatch(Notice::carded);
  }
}
