package dev.signalbox.workflows.approval;

import static dev.signalbox.workflows.approval.AnswerFixture.anAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.deploy.DeployStatus;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One yes, and a point that somebody must tick. */
class ChecklistTest extends AsksHouse {
  private static final String POINT = ASK + "-point-1";

  @BeforeEach
  void aPointIsOpenToo() {
    asks.open(withPoint(approval(1, "ana", "ben"), POINT));
    asks.open(
        new Ask(
            POINT,
            Ask.Kind.POINT,
            "approval",
            "announced in #ops",
            null,
            List.of(Asks.TICK),
            List.of("ana", "ben", "carl"),
            1,
            DIGEST,
            NOW,
            null));
  }

  @Test
  void waitsForThePointWhenEnoughPeopleSaidYes() {
    DecisionReply yes = asks.take(anAnswer().by("ana").build());

    assertThat(yes.message())
        .isEqualTo("approve by ana counts; still wanted: a tick at announced in #ops");
    assertThat(asks.decided(approvalNow())).isFalse();
  }

  @Test
  void isDecidedByTheYesAndTheTick() {
    asks.take(anAnswer().saying("tick").digest(null).by("carl").build());
    asks.take(anAnswer().by("ana").build());

    assertThat(asks.decided(approvalNow())).isTrue();
    assertThat(asks.answer(POINT)).map(Decision::person).contains("carl");
  }

  @Test
  void letsTheRequesterTick() {
    assertThat(asks.take(anAnswer().saying("tick").digest(null).by("ben").build()).counted())
        .isTrue();
  }

  @Test
  void refusesATickOfWhomNobodyKnows() {
    assertThat(asks.take(anAnswer().saying("tick").digest(null).by("mallory").build()).message())
        .isEqualTo("'mallory' may not answer this; may: ana, ben, carl");
  }

  @Test
  void refusesASecondTick() {
    asks.take(anAnswer().saying("tick").digest(null).by("carl").build());

    assertThat(asks.take(anAnswer().saying("tick").digest(null).by("ana").build()).message())
        .isEqualTo("decided already: tick");
  }

  @Test
  void isOverByANoWhateverIsTicked() {
    asks.take(anAnswer().saying("reject").by("ana").build());

    assertThat(asks.decided(approvalNow())).isTrue();
  }

  @Test
  void namesThePointAmongWhatIsNotMet() {
    assertThat(DeployStatus.unmet(asks))
        .contains(new Unmet(POINT + ": announced in #ops", "ana, ben, carl", null));
  }

  private Ask approvalNow() {
    return asks.open().get(0);
  }
}
