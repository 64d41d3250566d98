package dev.signalbox.workflows.gate;

import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.gate.GateResult.State;
import org.junit.jupiter.api.Test;

/** A release that contains a commit in quarantine. */
class ContainedQuarantineTest extends Judging {
  private static final String GATE = "not-quarantined";

  @Test
  void failsWhenItContainsACommitThatProvedBad() {
    assertThat(judge(GATE, aPipeline().approvedByReleasers(1), aLook().containingBad(OTHER)))
        .isEqualTo(
            GateResult.failed(
                GATE,
                "contains ccccccc, quarantined: 500 on /health; promote a commit that has its"
                    + " revert (`git revert ccccccc`); where a later commit mends it, people of"
                    + " release may say so: `signalbox unquarantine production --commit ccccccc"
                    + " --mended COMMIT --reason TEXT`",
                "authors"));
  }

  @Test
  void namesTheRevertThatIsOpenAlready() {
    assertThat(
            judge(GATE, aPipeline(), aLook().containingBad(OTHER, "https://github/8")).evidence())
        .contains("; merge its revert https://github/8 and promote what has it; ");
  }

  @Test
  void isMetWhenItContainsTheRevertOfThatToo() {
    assertThat(judge(GATE, aPipeline(), aLook().containingBad(OTHER).reverting(OTHER, "e1")))
        .isEqualTo(GateResult.met(GATE, "what was in quarantine is taken back: ccccccc"));
  }

  @Test
  void isMetWhenItContainsWhatMendsItAndNamesWhoSaysSo() {
    assertThat(judge(GATE, aPipeline(), aLook().containingMended(OTHER, "e".repeat(40))))
        .isEqualTo(
            GateResult.met(
                GATE,
                "what was in quarantine is taken back: ccccccc (mended by eeeeeee, as ana says:"
                    + " tested)"));
  }

  @Test
  void isMetWhenTheMergeIsRevertedByWhichItCameIn() {
    String merge = "e".repeat(40);

    assertThat(
            judge(
                    GATE,
                    aPipeline(),
                    aLook().containingBad(OTHER).mergedBy(merge, OTHER).reverting(merge, "e1"))
                .state())
        .isEqualTo(State.MET);
  }

  @Test
  void failsWhenTheRevertIsRevertedInTurn() {
    String revert = "e".repeat(40);
    FactsFixture again =
        aLook().containingBad(OTHER).reverting(OTHER, revert).reverting(revert, "f1");

    assertThat(judge(GATE, aPipeline(), again).state()).isEqualTo(State.FAILED);
  }

  @Test
  void waitsWhileTheLedgerDoesNotSayWhatIsInQuarantine() {
    FactsFixture silent = aLook().without("Temporal: the ledger of production");

    assertThat(judge(GATE, aPipeline(), silent).state()).isEqualTo(State.WAITING);
  }
}
