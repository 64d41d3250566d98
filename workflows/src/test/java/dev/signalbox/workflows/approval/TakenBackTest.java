package dev.signalbox.workflows.approval;

import static dev.signalbox.workflows.approval.AnswerFixture.anAnswer;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A yes may be taken back until the gate opens; two must say it. */
class TakenBackTest extends AsksHouse {
  @BeforeEach
  void twoMustSayYes() {
    asks.judgeBy(aPipeline().approvedByReleasers(2).build(), "carl");
    asks.open(approval(2, "ana", "ben"));
    asks.take(anAnswer().by("ana").build());
  }

  @Test
  void countsAYesThatWasTakenBackNoMore() {
    DecisionReply reply = asks.take(anAnswer().saying("withdraw").by("ana-gh").build());
    asks.take(anAnswer().by("ben").build());

    assertThat(reply.message()).isEqualTo("withdraw by ana-gh counts; still wanted: 2 of ana, ben");
    assertThat(asks.approvers(ASK)).containsExactly("ben");
  }

  @Test
  void countsAYesThatIsSaidAgain() {
    asks.take(anAnswer().saying("withdraw").by("ana").build());

    asks.take(anAnswer().by("ana").build());

    assertThat(asks.approvers(ASK)).containsExactly("ana");
  }

  @Test
  void refusesWhoeverHasSaidNone() {
    assertThat(asks.take(anAnswer().saying("withdraw").by("ben").build()).message())
        .isEqualTo("'ben' has said no yes that could be taken back");
  }

  @Test
  void refusesToTakeBackWhatHasOpenedTheGate() {
    asks.take(anAnswer().by("ben").build());

    assertThat(asks.take(anAnswer().saying("withdraw").by("ana").build()))
        .isEqualTo(new DecisionReply(false, "decided already: yes by ana, ben"));
    assertThat(asks.decided(asks.open().get(0))).isTrue();
  }

  @Test
  void bindsItToTheDigestToo() {
    assertThat(asks.take(anAnswer().saying("withdraw").by("ana").digest("0".repeat(12)).build()))
        .matches(reply -> !reply.counted());
  }

  @Test
  void refusesAnAnswerWithoutAReasonWhereOneIsWanted() {
    asks.open(wantingAReason(approval(2, "ana", "ben")));

    assertThat(asks.take(anAnswer().by("ben").because(" ").build()).message())
        .isEqualTo(
            "say why, as --reason \"WHY\" (in a message \"reason\"): it is missing and wanted"
                + " here");
    assertThat(asks.take(anAnswer().by("ben").because("tested").build()).counted()).isTrue();
  }

  @Test
  void refusesAYesInTheInstantInWhichItExpires() {
    asks.open(expiringAt(NOW, approval(2, "ana", "ben")));

    assertThat(asks.take(anAnswer().by("ben").build()).message())
        .isEqualTo("expired at 2026-11-20T12:00:00Z, and expired is rejected");
    assertThat(List.copyOf(asks.approvers(ASK))).doesNotContain("ben");
  }
}
