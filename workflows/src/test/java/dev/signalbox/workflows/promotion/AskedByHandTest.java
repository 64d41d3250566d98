package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.ApprovalsFixture.byOneOf;
import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.RestoreStage.BACKUP;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.CONTRACT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.fixtures.ApprovalsFixture;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.notify.Card;
import dev.signalbox.workflows.notify.NotifyActivities.CardOrder;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import dev.signalbox.workflows.notify.NotifyActivities.Topic;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs by hand ask people as promotions do: by a card at chat, with reminders. */
@Execution(ExecutionMode.CONCURRENT)
class AskedByHandTest {
  private static final Duration STEP = Duration.ofMinutes(5);

  private final WholeHouse house = new WholeHouse(pipeline());

  private static PipelineFixture pipeline() {
    return aPipeline()
        .migrating(byDefault())
        .trusting("temporal-ui", "cli")
        .tellingAtSlack("C024BE91L");
  }

  private static PipelineFixture approved(ApprovalsFixture rule) {
    return pipeline().approved(rule.build());
  }

  @AfterEach
  void close() {
    house.close();
  }

  private void live() {
    house.promote();
    house.promoted();
    house.look(aLook().withLive(REVISION));
    house.cards.clear();
  }

  private CardOrder lastCard() {
    return house.cards.get(house.cards.size() - 1);
  }

  private static String text(Card card) {
    return card.parts().stream()
        .flatMap(part -> part.lines().stream())
        .map(line -> line.label() + " " + line.text())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aMigrationShowsACardAndChangesItToTheVerdict() {
    live();
    house.database().with(aSchema().with("r1", CONTRACT));
    house.migrate(null);
    Ask ask = house.asked(WholeHouse.MIGRATION, STEP);

    Card card = lastCard().card();
    assertThat(card.run()).isEqualTo(WholeHouse.MIGRATION);
    assertThat(card.digest()).isEqualTo(ask.digest());
    assertThat(card.open()).isTrue();
    assertThat(card.title()).startsWith("Approval wanted: the database of production, with the");
    assertThat(text(card))
        .contains("asked for by bob: a test", "r1 contract", "forwardOnly once this has run")
        .contains("stands at r0", "not-quarantined", "null anybody");

    house.approve(WholeHouse.MIGRATION);

    assertThat(house.migrated().result()).isEqualTo(Result.LIVE);
    house.pass(STEP);
    assertThat(lastCard().card().state()).isEqualTo("approved by ana");
    assertThat(lastCard().card().open()).isFalse();
    assertThat(lastCard().place()).as("the message that was posted").isNotNull();
    assertThat(house.notices())
        .anySatisfy(
            notice -> {
              assertThat(notice.event()).isEqualTo(Event.LIVE);
              assertThat(notice.markdown()).startsWith("**migrate of production: live**");
            });
  }

  @Test
  void aDowngradeSaysOnItsCardWhatIsGoneForGood() {
    live();
    house.database().with(aSchema().with("r1", CONTRACT));
    house.migrate(null);
    house.asked(WholeHouse.MIGRATION, STEP);
    house.approve(WholeHouse.MIGRATION);
    house.migrated();
    house.pass(STEP);
    house.downgrade("r0");
    house.asked(WholeHouse.MIGRATION, STEP);

    assertThat(lastCard().card().title()).endsWith("the database of production back to r0");
    assertThat(lastCard().card().parts())
        .extracting(Card.Part::heading)
        .contains("Taken back", "Gone for good", "The code that runs");
    house.say(WholeHouse.MIGRATION, "reject");
    house.migrated();
  }

  @Test
  void aRestoreSaysOnItsCardWhatIsLostAndIsChangedToANo() {
    live();
    house.restore(BACKUP, null);
    house.asked(WholeHouse.RESTORE, STEP);

    assertThat(lastCard().card().run()).isEqualTo(WholeHouse.RESTORE);
    assertThat(text(lastCard().card()))
        .contains("12 rows are lost", "backup " + BACKUP, "kept beside", "asked for by bob");

    house.say(WholeHouse.RESTORE, "reject");

    assertThat(house.restored().result()).isEqualTo(Result.REJECTED);
    house.pass(STEP);
    assertThat(lastCard().card().state()).isEqualTo("rejected by ana: because");
  }

  @Test
  void isSaidInAnIssueWhereThereIsNoChatAndTheEndClosesThat() {
    house.policy(aPipeline().migrating(byDefault()).trusting("temporal-ui", "cli"));
    live();
    house.restore(BACKUP, null);
    house.asked(WholeHouse.RESTORE, STEP);
    Notice wanted = lastNotice();

    assertThat(wanted.event()).isEqualTo(Event.APPROVAL_WANTED);
    assertThat(wanted.topic().title()).isEqualTo("Answer wanted: " + WholeHouse.RESTORE);
    assertThat(wanted.topic().over()).isFalse();

    house.say(WholeHouse.RESTORE, "reject");
    house.restored();

    assertThat(lastNotice().topic())
        .isEqualTo(new Topic(wanted.topic().id(), wanted.topic().title(), true));
    assertThat(lastNotice().markdown()).contains("signalbox why " + WholeHouse.RESTORE);
  }

  private Notice lastNotice() {
    return house.notices().get(house.notices().size() - 1);
  }

  @Test
  void anApprovalThatTheWorldOutranIsVoidOnItsCard() {
    live();
    house.restore(BACKUP, null);
    house.asked(WholeHouse.RESTORE, STEP);
    house.database().at("r9");

    house.approve(WholeHouse.RESTORE);

    assertThat(house.restored().result()).isEqualTo(Result.FAILED);
    house.pass(STEP);
    assertThat(lastCard().card().state()).startsWith("void: the database has changed");
  }

  @Test
  void remindsAndAsksFurtherGroupsAtTheCostOfOneNoticeEach() {
    house.policy(
        approved(
            byOneOf("release")
                .within(Duration.ofDays(60))
                .remindingEvery(Duration.ofDays(10))
                .escalating(Duration.ofDays(15), "guests")));
    house.promote();
    house.asked(OnePromotion.id(), STEP);
    house.approve(OnePromotion.id());
    live();
    house.restore(BACKUP, null);
    house.asked(WholeHouse.RESTORE, STEP);
    int told = house.notices().size();

    house.pass(Duration.ofDays(31));

    List<Notice> since = house.notices().subList(told, house.notices().size());
    assertThat(since)
        .extracting(Notice::event)
        .containsExactly(
            Event.APPROVAL_REMINDER,
            Event.APPROVAL_WANTED,
            Event.APPROVAL_REMINDER,
            Event.APPROVAL_REMINDER);
    assertThat(since).extracting(Notice::marker).doesNotHaveDuplicates();
    assertThat(since).as("nothing that the card says already").noneMatch(Notice::carded);
    assertThat(since.get(1).markdown()).contains("carl may say yes too");
    house.say(WholeHouse.RESTORE, "reject");
    house.restored();
  }

  @Test
  void waitsForAMonthAtNoCost() {
    house.policy(approved(byOneOf("release").within(Duration.ofDays(60))));
    house.promote();
    house.asked(OnePromotion.id(), STEP);
    house.approve(OnePromotion.id());
    live();
    house.restore(BACKUP, null);
    house.asked(WholeHouse.RESTORE, STEP);
    int told = house.notices().size();
    int shown = house.cards.size();
    long before = events();

    house.pass(Duration.ofDays(30));

    assertThat(events() - before).isLessThan(20);
    assertThat(house.notices()).hasSize(told);
    assertThat(house.cards).hasSize(shown);
    house.say(WholeHouse.RESTORE, "reject");
    house.restored();
  }

  @Test
  void aQuestionHasACardWithItsAnswersThatIsChangedToWhatWasSaid() {
    house.restores().fail("swap", FailureType.REJECTED);
    live();
    house.restore(BACKUP, null);
    house.asked(WholeHouse.RESTORE, STEP);
    house.approve(WholeHouse.RESTORE);
    Ask question = house.asked(WholeHouse.RESTORE, STEP);

    Card card = lastCard().card();
    assertThat(card.ask()).isEqualTo(question.id());
    assertThat(card.answers()).containsExactly("retry", "abandon");
    assertThat(card.open()).isTrue();
    assertThat(text(card)).contains("the server says no to swap");
    assertThat(house.notices())
        .filteredOn(notice -> notice.event() == Event.QUESTION)
        .singleElement()
        .satisfies(notice -> assertThat(notice.carded()).isTrue())
        .satisfies(
            notice ->
                assertThat(notice.markdown())
                    .contains("signalbox resolve " + WholeHouse.RESTORE + " --question "));

    house.resolve(WholeHouse.RESTORE, "abandon");

    house.restored();
    house.pass(STEP);
    assertThat(lastCard().card().state()).isEqualTo("answered abandon by ana: seen");
    assertThat(lastCard().card().open()).isFalse();
  }

  @Test
  void wantsTheChecklistTickedAndSaysByWhomItWas() {
    house.policy(approved(byOneOf("release").withChecklist("told #ops")));
    house.promote();
    house.asked(OnePromotion.id(), STEP);
    tick(OnePromotion.id());
    house.approve(OnePromotion.id());
    live();
    house.restore(BACKUP, null);
    house.asked(WholeHouse.RESTORE, STEP);
    assertThat(text(lastCard().card())).contains("told #ops");

    house.approve(WholeHouse.RESTORE);
    house.pass(STEP);
    assertThat(lastCard().card().state()).startsWith("yes by ana; enough");
    tick(WholeHouse.RESTORE);

    assertThat(house.restored().steps())
        .filteredOn(step -> step.name().equals("point-1"))
        .singleElement()
        .satisfies(step -> assertThat(step.detail()).startsWith("told #ops: by carl, "));
  }

  private long events() {
    return house.history(WholeHouse.RESTORE).lines().filter(l -> l.contains("eventId\"")).count();
  }

  private void tick(String run) {
    house.signal(
        run, "resolve", new AnswerMessage(null, "tick", "carl", "done", "cli", null, null));
  }
}
