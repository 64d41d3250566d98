package dev.signalbox.workflows.approval;

import static dev.signalbox.workflows.fixtures.ApprovalsFixture.byOneOf;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.fixtures.ApprovalsFixture;
import dev.signalbox.workflows.policy.Approvals.Quorum;
import dev.signalbox.workflows.policy.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When an approval that waits is spoken of again. */
class PatienceTest {
  private static final Instant ASKED = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant END = ASKED.plus(Duration.ofDays(7));

  @Test
  void hasNothingToSayWhereNobodyWantsIt() {
    assertThat(patience(byOneOf("release")).next(END)).isEqualTo(END);
  }

  @Test
  void remindsAgainAndAgain() {
    Patience patience = patience(byOneOf("release").remindingEvery(Duration.ofDays(2)));

    assertThat(patience.next(END)).isEqualTo(after(2));
    assertThat(patience.reminds(after(1))).isFalse();
    assertThat(patience.reminds(after(2))).isTrue();
    assertThat(patience.reminds(after(2))).isFalse();
    assertThat(patience.next(END)).isEqualTo(after(4));
  }

  @Test
  void makesOneReminderOfThoseThatWereMissed() {
    Patience patience = patience(byOneOf("release").remindingEvery(Duration.ofDays(1)));

    assertThat(patience.reminds(after(5))).isTrue();
    assertThat(patience.next(END)).isEqualTo(after(6));
  }

  @Test
  void remindsNotTwiceOnTheDayOnWhichItCouldDoSoAgain() {
    Patience patience = patience(byOneOf("release").remindingEvery(Duration.ofDays(1)));

    assertThat(patience.reminds(after(2).minusSeconds(60))).isTrue();

    assertThat(patience.reminds(after(2))).isFalse();
    assertThat(patience.next(END)).isEqualTo(after(3));
  }

  @Test
  void letsFurtherGroupsFillTheFirstPlaces() {
    ApprovalsFixture rule = byOneOf("release").escalating(Duration.ofDays(1), "guests");
    Pipeline pipeline = aPipeline().approved(rule.build()).build();
    Patience patience = patience(rule);
    Ask ask = AsksHouse.approval(Need.of(pipeline, List.of()));

    assertThat(patience.next(END)).isEqualTo(after(1));
    assertThat(patience.escalated(ask, ASKED)).isEqualTo(ask);
    assertThat(patience.escalated(ask, after(1)))
        .satisfies(
            wider -> {
              assertThat(wider.whose()).isEqualTo("ana, ben, carl");
              assertThat(Need.words(wider.needs())).isEqualTo("1 of release, guests");
            });
    assertThat(patience.next(END)).isEqualTo(END);
  }

  // Only the first places were widened: a release waited for ever for who was away of the second.
  @Test
  void letsFurtherGroupsFillThePlacesOfAlsoToo() {
    ApprovalsFixture rule =
        byOneOf("release")
            .and(new Quorum(1, List.of("dba"), null))
            .escalating(Duration.ofDays(1), "guests");
    Pipeline pipeline = aPipeline().approved(rule.build()).build();

    Ask wider =
        patience(rule).escalated(AsksHouse.approval(Need.of(pipeline, List.of())), after(1));

    assertThat(Need.words(wider.needs())).isEqualTo("1 of release, guests and 1 of dba, guests");
  }

  private static Patience patience(ApprovalsFixture rule) {
    return new Patience(rule.build(), aPipeline().build().people(), ASKED);
  }

  private static Instant after(int days) {
    return ASKED.plus(Duration.ofDays(days));
  }
}
