package dev.signalbox.workflows.gate;

import static dev.signalbox.workflows.fixtures.FactsFixture.BASE;
import static dev.signalbox.workflows.fixtures.FactsFixture.NOW;
import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.gate.GateResult.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneServiceAloneTest extends Judging {
  private static final LiveSet WHOLE = new LiveSet(BASE, null, NOW, List.of());

  @Test
  void mayBeDeployedWhereThePolicySaysSoAndASetIsOnRecord() {
    GateResult result = alone(aPipeline().allowingOneServiceAlone(), WHOLE);

    assertThat(result.state()).isEqualTo(State.MET);
    assertThat(result.evidence())
        .isEqualTo("only backend is deployed, the others stay: the set is no longer of one commit");
  }

  @Test
  void mayNotElse() {
    assertThat(alone(aPipeline(), WHOLE).evidence()).contains("partial = true is not set");
    assertThat(alone(aPipeline(), WHOLE).state()).isEqualTo(State.FAILED);
    assertThat(alone(aPipeline().allowingOneServiceAlone(), null).state()).isEqualTo(State.FAILED);
  }

  @Test
  void isNoGateWhereAllAreDeployed() {
    assertThat(Gates.of(aPipeline().build(), REVISION, List.of()).judge(aLook().build()))
        .extracting(GateResult::name)
        .doesNotContain("partial");
  }

  @Test
  void leavesTheCommitOpenForTheOthers() {
    LiveSet apart = new LiveSet(REVISION, null, NOW, List.of(), List.of("frontend"));
    LiveSet whole = new LiveSet(REVISION, null, NOW, List.of());
    FactsFixture runs = aLook().withLive(REVISION);

    assertThat(notOlder(apart, runs).state()).isEqualTo(State.MET);
    assertThat(notOlder(apart, runs).evidence())
        .isEqualTo("runs here already, but frontend was left on another commit");
    assertThat(notOlder(whole, runs).state()).isEqualTo(State.FAILED);
  }

  private static GateResult notOlder(LiveSet live, FactsFixture facts) {
    return named(
        "not-older",
        Gates.of(aPipeline().build(), REVISION, recorded(live), null).judge(facts.build()));
  }

  private static GateResult alone(PipelineFixture pipeline, LiveSet live) {
    return named(
        "partial",
        Gates.of(pipeline.build(), REVISION, recorded(live), "backend").judge(aLook().build()));
  }

  private static LedgerRecord recorded(LiveSet live) {
    return new LedgerRecord(live, false, null, null);
  }
}
