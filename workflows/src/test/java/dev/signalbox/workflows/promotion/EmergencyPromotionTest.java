package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A frozen environment, whose releasers may call an emergency. */
@Execution(ExecutionMode.CONCURRENT)
class EmergencyPromotionTest {
  private final WholeHouse house =
      new WholeHouse(
          aPipeline().approvedByReleasers(1).skippingInAnEmergency("freeze", "approval"));

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void goesLiveAtOnceIsToldAloudAndOpensAReview() {
    house.order(Kind.FREEZE, "ben", "we look at the numbers");

    assertThat(house.promoteInEmergency("ana").outcome()).isEqualTo(Outcome.STARTED);

    PromotionResult result = house.promoted();
    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.report())
        .contains("called by ana: the shop is down; may skip freeze, approval");
    List<Notice> told =
        house.notices().stream().filter(notice -> notice.event() == Event.EMERGENCY).toList();
    assertThat(told).extracting(Notice::pullRequest).containsExactly(7, 0);
    assertThat(told.get(0).mentions()).containsExactly("@ana-gh", "@ben-gh");
    assertThat(told.get(1).topic().title()).startsWith("Review the emergency promotion of ");
    assertThat(told.get(1).markdown())
        .contains(
            "freeze: skipped in an emergency by ana: the shop is down; it said: frozen by ben");
    assertThat(house.status().history())
        .last()
        .satisfies(entry -> assertThat(entry.detail()).startsWith("emergency, the shop is down: "));
  }

  @Test
  void saysThatItIsOneWhileItWaitsToo() {
    house.policy(aPipeline().approvedByReleasers(1).skippingInAnEmergency("freeze"));

    house.promoteInEmergency("ana");
    house.asked(OnePromotion.id(), Duration.ofMinutes(1));

    assertThat(WhyText.heading(house.at(OnePromotion.id())))
        .filteredOn(line -> line.startsWith("emergency "))
        .singleElement()
        .asString()
        .startsWith("emergency called by ana: the shop is down; may skip freeze until 20");
  }

  @Test
  void callsWhoMayCallOneWhereNobodyApproves() {
    house.policy(aPipeline().skippingInAnEmergency("freeze"));

    house.promoteInEmergency("ana");
    house.promoted();

    assertThat(house.notices())
        .filteredOn(notice -> notice.event() == Event.EMERGENCY)
        .extracting(Notice::mentions)
        .containsExactly(List.of("@ana-gh", "@ben-gh"), List.of("@ana-gh", "@ben-gh"));
  }

  @Test
  void isRefusedToWhoeverMayNotCallIt() {
    RequestAnswer answer = house.promoteInEmergency("carl");

    assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.message())
        .isEqualTo("'carl' may not call an emergency; people of release may");
    assertThat(house.status().history())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.kind()).isEqualTo(HistoryEntry.Kind.REFUSED);
              assertThat(entry.requester()).isEqualTo("carl");
              assertThat(entry.detail())
                  .isEqualTo("emergency promote: " + answer.message() + "; the shop is down");
            });
  }

  @Test
  void doesNotBecomeOneWhenItIsUnderWay() {
    house.promote();

    RequestAnswer answer = house.promoteInEmergency("ana");

    assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.message()).startsWith("it is under way already");
  }
}
