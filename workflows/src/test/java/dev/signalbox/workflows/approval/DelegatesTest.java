package dev.signalbox.workflows.approval;

import static dev.signalbox.workflows.approval.AnswerFixture.anAnswer;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.deploy.DeployStatus;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ana is away and has named Carl, who is no releaser. */
class DelegatesTest extends AsksHouse {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-20");

  @Test
  void countsTheDelegatesYesForWhoeverNamedHim() {
    asked(1, TODAY, "bob");

    assertThat(asks.take(anAnswer().by("carl").build()).counted()).isTrue();
    assertThat(asks.missing(asks.open().get(0))).isEmpty();
    assertThat(asks.decisions().get(0).inPlaceOf()).containsExactly("ana");
  }

  @Test
  void endsWithTheDayThatWasNamed() {
    asked(1, TODAY.minusDays(1), "bob");

    assertThat(asks.take(anAnswer().by("carl").build()).message())
        .isEqualTo("'carl' may not answer this; may: ana, ben");
  }

  @Test
  void countsTheTwoOnce() {
    asked(2, TODAY, "bob");
    asks.take(anAnswer().by("carl").build());

    asks.take(anAnswer().by("ana").build());

    assertThat(Need.words(asks.missing(asks.open().get(0)))).isEqualTo("1 of release");
  }

  @Test
  void refusesADelegateOfWhoeverAskedForIt() {
    asked(1, TODAY, "ana");

    assertThat(asks.take(anAnswer().by("carl").build()).message())
        .isEqualTo("'carl' stands in for whoever has a part in it, and may not either");
  }

  @Test
  void letsTheDelegateSayNo() {
    asked(1, TODAY, "ana");

    assertThat(asks.take(anAnswer().saying("reject").by("carl").build()).counted()).isTrue();
  }

  @Test
  void namesTheDelegateAmongThoseWhoMayApprove() {
    asked(1, TODAY, "bob");

    Ask ask = asks.open().get(0);
    assertThat(ask.whose()).isEqualTo("ana, ben, carl (for ana until 2026-11-20)");
    assertThat(ask.asked()).containsExactly("ana", "ben", "carl");
    assertThat(DeployStatus.unmet(asks)).extracting(Unmet::owner).containsExactly(ask.whose());
  }

  @Test
  void namesADelegateWhoMayNotSayYesNowhere() {
    asked(1, TODAY, "ana");
    assertThat(asks.open().get(0).whose()).isEqualTo("ben; not ana (who asked for it)");

    asked(1, TODAY, "carl");
    assertThat(asks.open().get(0).whose()).isEqualTo("ana, ben");

    asked(1, TODAY.minusDays(1), "bob");
    assertThat(asks.open().get(0).whose()).isEqualTo("ana, ben");
  }

  @Test
  void namesTheDelegateOfWhoIsAskedLater() {
    Pipeline pipeline =
        aPipeline().withAnaReplacedByCarlUntil(TODAY).approvedByReleasers(1).build();
    asks.judgeBy(pipeline, "bob");
    Ask ofBen = asks.open(approval(1, "ben"));
    assertThat(ofBen.whose()).isEqualTo("ben");

    Ask wider = asks.open(ofBen.askedOf(Need.of(pipeline, List.of())));

    assertThat(wider.whose()).isEqualTo("ana, ben, carl (for ana until 2026-11-20)");
  }

  private void asked(int required, LocalDate until, String requester) {
    Pipeline pipeline =
        aPipeline().withAnaReplacedByCarlUntil(until).approvedByReleasers(required).build();
    asks.judgeBy(pipeline, requester);
    asks.open(approval(Need.of(pipeline, List.of())));
  }
}
