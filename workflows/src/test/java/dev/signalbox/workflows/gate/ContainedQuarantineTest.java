package dev.signalbox.workflows.gate;

import static dev.signalbox.workflows.fixtures.FactsFixture.NOW;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined.Mended;
import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.github.RevertPull;
import org.junit.jupiter.api.Test;

/** A release that contains a commit in quarantine. */
class ContainedQuarantineTest extends Judging {
  private static final String GATE = "not-quarantined";

  @Test
  void failsWhenItContainsACommitThatProvedBad() {
    assertThat(judge(GATE, aPipeline().approvedByReleasers(1), aLook().containing(bad())))
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
            judge(GATE, aPipeline(), aLook().containing(reverted("https://github/8"))).evidence())
        .contains("; merge its revert https://github/8 and promote what has it; ");
  }

  @Test
  void isMetWhenItContainsTheRevertOfThatToo() {
    assertThat(judge(GATE, aPipeline(), aLook().containing(bad()).reverting(OTHER, "e1")))
        .isEqualTo(GateResult.met(GATE, "what was in quarantine is taken back: ccccccc"));
  }

  @Test
  void isMetWhenItContainsWhatMendsItAndNamesWhoSaysSo() {
    assertThat(
            judge(
                GATE,
                aPipeline(),
                aLook().containing(mended("e".repeat(40))).reverting(OTHER, "e".repeat(40))))
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
                    aLook().containing(bad()).mergedBy(merge, OTHER).reverting(merge, "e1"))
                .state())
        .isEqualTo(State.MET);
  }

  @Test
  void failsWhenTheRevertIsRevertedInTurn() {
    String revert = "e".repeat(40);
    FactsFixture again = aLook().containing(bad()).reverting(OTHER, revert).reverting(revert, "f1");

    assertThat(judge(GATE, aPipeline(), again).state()).isEqualTo(State.FAILED);
  }

  @Test
  void waitsWhileTheLedgerDoesNotSayWhatIsInQuarantine() {
    FactsFixture silent = aLook().without("Temporal: the ledger of production");

    assertThat(judge(GATE, aPipeline(), silent).state()).isEqualTo(State.WAITING);
  }

  private static Quarantined bad() {
    return new Quarantined(OTHER, "500 on /health", NOW);
  }

  private static Quarantined reverted(String pull) {
    return new Quarantined(OTHER, "500 on /health", NOW, null, RevertPull.opened(pull), null);
  }

  private static Quarantined mended(String by) {
    return new Quarantined(
        OTHER, "500 on /health", NOW, null, null, new Mended(by, "ana", "tested"));
  }
}
