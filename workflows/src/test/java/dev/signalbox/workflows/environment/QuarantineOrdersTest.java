package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.NOW;
import static dev.signalbox.workflows.environment.RunReportFixture.promotion;
import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined.Mended;
import dev.signalbox.workflows.github.RevertPull;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may put a commit into quarantine, let it out, and say what mends it. */
class QuarantineOrdersTest extends LedgerPage {
  private int orders;

  @Test
  void keepsWhatAPersonPutThereUntilTheyOrTheRightLiftsIt() {
    assertThat(order(Kind.QUARANTINE, 5, "ana", NOBODY).counted()).isTrue();
    assertThat(order(Kind.QUARANTINE, 6, "ana", NOBODY).counted()).isTrue();

    assertThat(order(Kind.QUARANTINE, 5, "ben", NOBODY).message()).contains("already");
    assertThat(order(Kind.UNQUARANTINE, 5, "carl", NOBODY).message())
        .isEqualTo("in quarantine by order of ana; only ana may lift it or say what mends it");
    assertThat(order(Kind.UNQUARANTINE, 5, "carl", OVERRIDING).message())
        .isEqualTo(
            "in quarantine by order of ana; only ana and people of sre may lift it or say what"
                + " mends it");
    assertThat(order(Kind.UNQUARANTINE, 5, "ana", NOBODY).counted()).isTrue();
    assertThat(order(Kind.UNQUARANTINE, 6, "ben", OVERRIDING).counted()).isTrue();
    assertThat(quarantine()).isEmpty();
  }

  @Test
  void letsWhoMayApproveLetOutWhatProvedBadByItself() {
    badOnes(5, 6);

    assertThat(order(Kind.UNQUARANTINE, 5, "ana", NOBODY).message())
        .isEqualTo(
            "in quarantine because it proved bad here; only people of release may lift it or say"
                + " what mends it");
    assertThat(order(Kind.UNQUARANTINE, 5, "carl", NOBODY).counted()).isTrue();
    assertThat(order(Kind.UNQUARANTINE, 6, "ana", OVERRIDING).counted()).isTrue();
    assertThat(quarantine()).isEmpty();
  }

  @Test
  void keepsWhatIsMendedAndByWhatAsWhomSays() {
    badOnes(5, 5);

    OrderAnswer refused = mend(5, 7, "ana");
    OrderAnswer counted = mend(5, 7, "carl");

    assertThat(refused.counted()).isFalse();
    assertThat(counted.message())
        .isEqualTo(
            "what contains "
                + revision(7)
                + " may be promoted; "
                + revision(5)
                + " stays in quarantine");
    assertThat(new Ledger(ledger.state()).quarantine().newest())
        .extracting(Quarantined::revision, Quarantined::mended)
        .containsExactly(tuple(revision(5), new Mended(revision(7), "carl", "why")));
  }

  @Test
  void keepsTheRevertAlsoOfOneThatAPersonPutThereMeanwhile() {
    RevertPull pull = RevertPull.opened("https://github/8");
    order(Kind.QUARANTINE, 5, "ana", NOBODY);

    starts(5);
    ledger.ended(promotion(5).provedBad("500").build().takenBack(pull));

    assertThat(quarantine())
        .extracting(Quarantined::person, Quarantined::revert)
        .containsExactly(tuple("ana", pull));
  }

  @Test
  void mendsAlsoOneWhoseReasonIsForgotten() {
    badOnes(1, 201);

    assertThat(mend(1, 300, "carl").counted()).isTrue();

    assertThat(ledger.quarantine().find(revision(1)))
        .hasValueSatisfying(bad -> assertThat(bad.mended().commit()).isEqualTo(revision(300)));
    assertThat(ledger.quarantine().sealed()).hasSize(1);
  }

  @Test
  void namesOfAReleaseWhatIsInQuarantineAndWhatPeopleOrdered() {
    badOnes(1, 300);
    order(Kind.QUARANTINE, 500, "ana", NOBODY);

    assertThat(
            ledger.quarantine().among(List.of(revision(2), revision(250), revision(400))).entries())
        .extracting(Quarantined::revision)
        .containsExactly(revision(2), revision(250), revision(500));
  }

  private List<Quarantined> quarantine() {
    return ledger.status(0).quarantine();
  }

  private OrderAnswer order(Kind kind, int number, String person, OrderRights rights) {
    return order(kind, number, null, person, rights);
  }

  private OrderAnswer mend(int number, int by, String person) {
    return order(Kind.UNQUARANTINE, number, revision(by), person, NOBODY);
  }

  private OrderAnswer order(
      Kind kind, int number, String mended, String person, OrderRights rights) {
    return ledger.order(
        new LedgerOrder(
            "o" + orders++,
            kind,
            person,
            "why",
            "cli",
            null,
            null,
            false,
            revision(number),
            null,
            mended),
        person,
        rights,
        NOW);
  }
}
