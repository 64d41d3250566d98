package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.ApprovalsFixture.byOneOf;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.ApprovalMessage;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.deploy.RailwayStage;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.HistoryEntry.Kind;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.github.Contributor;
import dev.signalbox.workflows.github.Contributor.Part;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A whole promotion whose people change, have a part in it, or have points to tick. */
class WaitingForPeopleTest {
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final String ID = OnePromotion.id();

  @Test
  void asksAgainWhenWhoeverSaidYesIsRemovedBeforeTheMerge() {
    try (WholeHouse house = new WholeHouse(rule())) {
      house.promote();
      Ask first = house.asked(ID, STEP);
      house.policy(rule().without("ana"));

      house.approve(ID);

      Ask second = house.asked(ID, STEP, first.id());
      assertThat(second.from()).containsExactly("ben");
      assertThat(house.notices())
          .extracting(Notice::markdown)
          .anyMatch(
              card ->
                  card.contains(
                      "- changed since the last approval: people.release.ana was there, is"
                          + " absent"));
      house.signal(ID, "reject", vote(second, "ben"));
      assertThat(house.promoted().result()).isEqualTo(Result.REJECTED);
    }
  }

  @Test
  void endsWithAVoidYesWhenTheCommitWasAmendedMeanwhile() {
    try (WholeHouse house = new WholeHouse(rule())) {
      house.promote();
      house.asked(ID, STEP);
      house.look(aLook().withLive(RailwayStage.GOOD).withSourceAmended("c".repeat(40)));

      house.approve(ID);

      PromotionResult result = house.promoted();
      assertThat(result.result()).isEqualTo(Result.FAILED);
      assertThat(result.detail()).endsWith("is for no other commit: promote ccccccc");
      assertThat(result.steps())
          .anySatisfy(
              step -> {
                assertThat(step.name()).isEqualTo("approval-void");
                assertThat(step.detail()).isEqualTo(result.detail());
              });
    }
  }

  @Test
  void takesNoYesFromACoAuthorAndGoesOnWithAnothersAndATick() {
    try (WholeHouse house =
        new WholeHouse(rule().approved(byOneOf("release").withChecklist("told #ops").build()))) {
      house.look(
          aLook()
              .withLive(RailwayStage.GOOD)
              .partlyBy(
                  new Contributor(Part.CO_AUTHOR, "c".repeat(40), null, "A", "ana@example.com")));
      house.promote();
      Ask ask = house.asked(ID, STEP);

      house.approve(ID);
      house.signal(ID, "approve", vote(ask, "ben"));
      house.signal(
          ID, "resolve", new AnswerMessage(null, "tick", "carl", "done", "cli", null, null));

      PromotionResult result = house.promoted();
      assertThat(result.result()).isEqualTo(Result.LIVE);
      assertThat(result.steps())
          .anySatisfy(
              step -> {
                assertThat(step.name()).isEqualTo("point-1");
                assertThat(step.detail()).startsWith("told #ops: by carl, ");
              });
      assertThat(house.at(ID).decisions())
          .extracting(WhyText::decided)
          .anyMatch(
              line -> line.startsWith("carl said tick to approval-1-point-1 \"told #ops\" at "));
      assertThat(house.status().history())
          .filteredOn(entry -> entry.kind() == Kind.ANSWERED)
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.requester()).isEqualTo("carl");
                assertThat(entry.detail()).isEqualTo("tick \"told #ops\": done");
              });
      assertThat(house.at(ID).decisions().get(0))
          .extracting(Decision::counted, Decision::remark)
          .containsExactly(false, "'ana' is co-author of ccccccc and may not approve it");
    }
  }

  @Test
  void hasOneOutcomeWhenAYesAndANoComeInTheSameInstantAndTellsBoth() {
    try (WholeHouse house = new WholeHouse(rule())) {
      house.promote();
      Ask ask = house.asked(ID, STEP);
      List<String> tooLate = new CopyOnWriteArrayList<>();
      house.after(STEP, () -> said(house, "approve", vote(ask, "ana"), tooLate));
      house.after(STEP, () -> said(house, "reject", vote(ask, "ben"), tooLate));

      Result result = house.promoted().result();

      List<Decision> decisions = house.at(ID).decisions();
      assertThat(decisions)
          .filteredOn(Decision::counted)
          .singleElement()
          .extracting(Decision::verdict)
          .isEqualTo(result == Result.LIVE ? "approve" : "reject");
      decisions.stream()
          .filter(decision -> !decision.counted())
          .forEach(decision -> tooLate.add(decision.remark()));
      assertThat(tooLate)
          .singleElement()
          .asString()
          .matches("ended|nothing is asked now|decided already: .*");
    }
  }

  @Test
  void hasOneOutcomeWhenAYesComesInTheInstantInWhichItExpiresAndTellsBoth() {
    try (WholeHouse house =
        new WholeHouse(
            rule()
                .approved(byOneOf("release").within(Duration.ofDays(3)).build())
                .tellingAtSlack("C024BE91L"))) {
      house.promote();
      Ask ask = house.asked(ID, STEP);
      List<String> tooLate = new CopyOnWriteArrayList<>();
      house.after(
          Duration.between(house.now(), ask.expires()),
          () -> said(house, "approve", vote(ask, "ana"), tooLate));

      PromotionResult result = house.promoted();

      house.at(ID).decisions().stream()
          .filter(decision -> !decision.counted())
          .forEach(decision -> tooLate.add(decision.remark()));
      if (result.result() == Result.LIVE) {
        assertThat(tooLate).isEmpty();
      } else {
        assertThat(result.result()).isEqualTo(Result.REJECTED);
        assertThat(result.detail()).endsWith(": expired is rejected");
        assertThat(tooLate)
            .allMatch(told -> told.matches("ended|nothing is asked now|expired at .*"));
      }
      house.pass(STEP);
      assertThat(house.cards.get(house.cards.size() - 1).card().state())
          .isEqualTo(result.result() == Result.LIVE ? "approved by ana" : result.detail());
    }
  }

  /** What the engine answers once the run has ended, a person is told at once. */
  private static void said(
      WholeHouse house, String verdict, ApprovalMessage vote, List<String> tooLate) {
    try {
      house.signal(ID, verdict, vote);
    } catch (WorkflowNotFoundException ended) {
      tooLate.add("ended");
    }
  }

  @Test
  void countsNoYesFromThePullRequestWhileTheQuestionIsOnlyPostedThere() {
    try (WholeHouse house = new WholeHouse(rule().trusting("github", "temporal-ui"))) {
      house.meanwhile(
          operation -> {
            if (operation.equals("APPROVAL_WANTED")) {
              house.signal(ID, "approve", comment(house));
            }
          });
      house.promote();
      house.asked(ID, STEP);
      house.pass(STEP);

      assertThat(house.at(ID).decisions())
          .singleElement()
          .extracting(Decision::remark)
          .isEqualTo("what is asked is only being posted: read it, and say it again");
      house.signal(ID, "approve", comment(house));
      assertThat(house.promoted().result()).isEqualTo(Result.LIVE);
    }
  }

  private static ApprovalMessage comment(WholeHouse house) {
    Ask ask = house.at(ID).asks().get(0);
    return new ApprovalMessage(
        ask.digest(), "ana", "ok", ask.id(), "github", null, null, house.now());
  }

  @Test
  void hasEachDecisionOnRecordWhenItIsMade() {
    try (WholeHouse house = new WholeHouse(rule())) {
      house.promote();
      Ask ask = house.asked(ID, STEP);

      house.signal(ID, "approve", vote(ask, "mallory"));
      house.signal(ID, "approve", vote(ask, "mallory"));
      house.pass(STEP);

      assertThat(house.status().history())
          .filteredOn(entry -> entry.kind() == Kind.REFUSED)
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.id()).isEqualTo(ID);
                assertThat(entry.requester()).isEqualTo("mallory");
                assertThat(ask.digest()).startsWith(entry.digest());
              });
    }
  }

  @Test
  void hasOnRecordWhoHadNoRightToDecideAndForgetsASlip() {
    try (WholeHouse house = new WholeHouse(rule())) {
      house.promote();
      Ask ask = house.asked(ID, STEP);

      DecisionReply stranger = house.decide(ID, said(ask.digest(), "mallory", "cli"));
      DecisionReply requester = house.decide(ID, said(ask.digest(), "bob", "cli"));
      DecisionReply door = house.decide(ID, said(ask.digest(), "ana", "slack"));
      assertThatThrownBy(() -> house.decide(ID, said("0".repeat(12), "ana", "cli")))
          .isInstanceOf(WorkflowUpdateException.class)
          .hasStackTraceContaining("another digest: this asks about");
      house.pass(STEP);

      assertThat(List.of(stranger, requester, door))
          .noneMatch(DecisionReply::counted)
          .extracting(DecisionReply::message)
          .satisfiesExactly(
              no -> assertThat(no).startsWith("'mallory' may not answer this"),
              no -> assertThat(no).startsWith("'bob' may not answer this"),
              no -> assertThat(no).isEqualTo("door slack counts only with proof here"));
      assertThat(house.status().history())
          .filteredOn(entry -> entry.kind() == Kind.REFUSED)
          .extracting(HistoryEntry::requester)
          .containsExactly("mallory", "bob", "ana");
      assertThat(house.at(ID).asks()).containsExactly(ask);
    }
  }

  private static DecideMessage said(String digest, String person, String door) {
    return new DecideMessage(
        "approve", digest, person, "because", null, null, door, person + door, null);
  }

  private static PipelineFixture rule() {
    return aPipeline().trusting("cli", "temporal-ui").approvedByReleasers(1);
  }

  private static ApprovalMessage vote(Ask ask, String person) {
    return new ApprovalMessage(ask.digest(), person, "because", ask.id(), "cli", null, null);
  }
}
